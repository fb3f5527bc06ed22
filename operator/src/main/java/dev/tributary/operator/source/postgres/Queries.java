package dev.tributary.operator.source.postgres;

/** The questions that are asked of a PostgreSQL server. */
final class Queries {

    /** Parameter: the slot's name. */
    static final String SERVER = """
            SELECT current_setting('server_version') AS version,
                   current_setting('server_version_num')::int AS version_number,
                   current_setting('wal_level') AS wal_level,
                   pg_catalog.pg_is_in_recovery() AS standby,
                   (SELECT system_identifier::text FROM pg_catalog.pg_control_system()) AS system_identifier,
                   -- pg_control_checkpoint() still has the old timeline for a while after a promotion.
                   CASE WHEN pg_catalog.pg_is_in_recovery() THEN 0
                        ELSE ('x' || left(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()), 8))::bit(32)::int
                   END AS timeline,
                   CASE WHEN pg_catalog.pg_is_in_recovery() THEN ''
                        ELSE pg_catalog.pg_current_wal_lsn()::text END AS position,
                   (SELECT u.rolsuper OR u.rolreplication OR EXISTS (
                               -- Amazon RDS gives the right to stream by membership.
                               SELECT FROM pg_catalog.pg_roles r
                               WHERE r.rolname = 'rds_replication' AND pg_catalog.pg_has_role(u.oid, r.oid, 'USAGE'))
                    FROM pg_catalog.pg_roles u WHERE u.rolname = current_user) AS may_replicate,
                   EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = 'rds_replication') AS amazon,
                   pg_catalog.has_database_privilege(current_database(), 'CREATE') AS may_create,
                   (SELECT count(*) FROM pg_catalog.pg_replication_slots) AS slots,
                   current_setting('max_replication_slots')::int AS max_slots,
                   (SELECT count(*) FROM pg_catalog.pg_stat_replication) AS senders,
                   current_setting('max_wal_senders')::int AS max_senders,
                   coalesce((SELECT CASE WHEN s.plugin = 'pgoutput' AND s.database = current_database()
                                    THEN 'OURS' ELSE 'FOREIGN' END
                             FROM pg_catalog.pg_replication_slots s WHERE s.slot_name::text = ?), 'FREE') AS slot,
                   current_setting('max_slot_wal_keep_size') AS wal_kept,
                   coalesce(current_setting('idle_replication_slot_timeout', true), '0') AS idle_limit,
                   -- A domain takes over its type's category, and has no labels of its own.
                   (SELECT pg_catalog.format_type(t.oid, NULL) FROM pg_catalog.pg_type t
                    WHERE t.typcategory = 'E' AND t.typnamespace <> 'pg_toast'::regnamespace
                        AND NOT EXISTS (SELECT FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)
                    ORDER BY t.oid LIMIT 1) AS enum_without_labels
            """;

    /** Parameters: schemas, names (text arrays of one length). One row per table that exists. */
    static final String TABLES = """
            SELECT w.schema, w.name, c.oid::bigint AS oid, c.relkind AS kind, c.relpersistence <> 'p' AS unlogged,
                   c.relkind = 'r' AND EXISTS (
                       SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid
                   ) AS has_children,
                   root.schema AS root_schema, root.name AS root_name,
                   unfollowed.schema AS unfollowed_schema, unfollowed.name AS unfollowed_name,
                   pg_catalog.pg_get_userbyid(c.relowner) AS owner,
                   pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owned,
                   pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                       AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AS readable,
                   pg_catalog.row_security_active(c.oid) AS row_security,
                   pg_catalog.strpos(n.nspname::text || c.relname::text, '.') > 0 AND EXISTS (
                       SELECT FROM pg_catalog.pg_class o JOIN pg_catalog.pg_namespace m ON m.oid = o.relnamespace
                       WHERE o.oid <> c.oid AND o.relkind IN ('r', 'p')
                         AND m.nspname::text || '.' || o.relname::text = n.nspname::text || '.' || c.relname::text
                   ) AS lookalike
            FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w (schema, name, position)
            JOIN pg_catalog.pg_namespace n ON n.nspname::text = w.schema
            JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname::text = w.name
            LEFT JOIN LATERAL (
                SELECT rn.nspname AS schema, rc.relname AS name
                FROM pg_catalog.pg_class rc JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
                WHERE c.relispartition AND rc.oid = pg_catalog.pg_partition_root(c.oid)
            ) root ON true
            LEFT JOIN LATERAL (
                SELECT ln.nspname AS schema, leaf.relname AS name
                FROM pg_catalog.pg_partition_tree(c.oid) t
                JOIN pg_catalog.pg_class leaf ON leaf.oid = t.relid
                JOIN pg_catalog.pg_namespace ln ON ln.oid = leaf.relnamespace
                WHERE c.relkind = 'p' AND t.isleaf AND (leaf.relkind = 'f' OR leaf.relpersistence = 'u')
                ORDER BY 1, 2 LIMIT 1
            ) unfollowed ON true
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            ORDER BY w.position
            """;

    /** Parameter: oids of tables (bigint array). One row per column, in order of table and column. */
    static final String COLUMNS = """
            SELECT a.attrelid::bigint AS oid, a.attname AS name,
                   pg_catalog.format_type(a.atttypid, a.atttypmod) AS shown,
                   coalesce(e.typname, t.typname) AS type_name,
                   e.oid IS NOT NULL AS is_array,
                   coalesce(e.typnamespace, t.typnamespace) = 'pg_catalog'::regnamespace AS in_catalog,
                   base.modifier, NOT a.attnotnull AS nullable, a.attgenerated <> '' AS is_generated,
                   EXISTS (
                       SELECT FROM pg_catalog.pg_type same
                       WHERE same.typnamespace = c.relnamespace AND same.typname = own.typname AND same.oid <> own.oid
                   ) AS is_shadowed
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_type own ON own.oid = a.atttypid
            CROSS JOIN LATERAL (
                -- A domain may be made of a domain.
                WITH RECURSIVE made_of (type, modifier) AS (
                    SELECT a.atttypid, a.atttypmod
                    UNION ALL
                    SELECT d.typbasetype, d.typtypmod
                    FROM made_of JOIN pg_catalog.pg_type d ON d.oid = made_of.type AND d.typtype = 'd'
                )
                SELECT made_of.type, made_of.modifier
                FROM made_of JOIN pg_catalog.pg_type m ON m.oid = made_of.type AND m.typtype <> 'd'
            ) base
            JOIN pg_catalog.pg_type t ON t.oid = base.type
            -- Only a true array is some type's array type: int2vector, point and others have a typelem as well.
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
            WHERE a.attrelid::bigint = ANY (?::bigint[]) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum
            """;

    /**
     * Parameter: oids of tables (bigint array). One row per replica identity that a table has, or, of a partitioned table,
     * one of its partitions.
     */
    static final String IDENTITIES = """
            SELECT DISTINCT ON (o.oid, whole, columns)
                   o.oid, n.nspname AS schema, leaf.relname AS name, leaf.relreplident = 'f' AS whole, carried.columns
            FROM unnest(?::bigint[]) AS o (oid)
            CROSS JOIN LATERAL (
                SELECT c.oid FROM pg_catalog.pg_class c WHERE c.oid = o.oid::oid AND c.relkind = 'r'
                UNION
                -- Of a partitioned table it is each partition's own identity that counts.
                SELECT t.relid FROM pg_catalog.pg_partition_tree(o.oid::oid) t WHERE t.isleaf
            ) AS node (oid)
            JOIN pg_catalog.pg_class leaf ON leaf.oid = node.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = leaf.relnamespace
            CROSS JOIN LATERAL (
                SELECT ARRAY(
                    SELECT a.attname::text
                    FROM pg_catalog.pg_index x
                    CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
                    WHERE x.indrelid = leaf.oid AND k.position <= x.indnkeyatts
                      AND (leaf.relreplident = 'i' AND x.indisreplident
                           -- A deferrable primary key is none.
                           OR leaf.relreplident = 'd' AND x.indisprimary AND x.indimmediate)
                    ORDER BY k.position
                ) AS columns
            ) AS carried
            WHERE leaf.relkind = 'r'
            ORDER BY o.oid, whole, columns, 2, 3
            """;

    /** Parameter: oids of tables (bigint array). One row per unique index, that of the primary key first. */
    static final String UNIQUE_INDEXES = """
            SELECT i.indrelid::bigint AS oid, c.relname AS name, i.indisprimary AS is_primary,
                   NOT i.indimmediate AS is_deferrable, i.indisvalid AND i.indisready AND i.indislive AS is_valid,
                   i.indpred IS NOT NULL AS is_partial, i.indexprs IS NOT NULL AS has_expressions,
                   ARRAY(
                       SELECT a.attname::text
                       FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
                       JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                       WHERE k.position <= i.indnkeyatts ORDER BY k.position
                   ) AS columns,
                   -- As in getIndexInfo of PostgreSQL's JDBC driver.
                   ARRAY(
                       SELECT trim(BOTH '"' FROM pg_catalog.pg_get_indexdef(i.indexrelid, n, false))
                       FROM generate_series(1, i.indnatts) n ORDER BY n
                   ) AS parts
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE i.indisunique AND i.indrelid::bigint = ANY (?::bigint[])
            ORDER BY i.indrelid, i.indisprimary DESC, c.relname
            """;

    /**
     * Parameter: oids of tables (bigint array). Those of them that have, or have a partition that has, a value too large to
     * be kept with its row. It waits for who rewrites such a table.
     */
    static final String TOASTED = """
            SELECT o.oid FROM unnest(?::bigint[]) AS o (oid)
            WHERE EXISTS (
                -- The tree of an ordinary table is empty: it does not even have the table.
                SELECT FROM (
                    SELECT o.oid::oid UNION ALL SELECT t.relid::oid FROM pg_catalog.pg_partition_tree(o.oid::oid) t
                ) AS node (oid)
                JOIN pg_catalog.pg_class c ON c.oid = node.oid
                WHERE c.reltoastrelid <> 0 AND pg_catalog.pg_relation_size(c.reltoastrelid) > 0)
            """;

    /** Parameter: the publication's name. No row when there is none. */
    static final String PUBLICATION = """
            SELECT coalesce(pg_catalog.obj_description(p.oid, 'pg_publication'), '') AS comment,
                   pg_catalog.pg_has_role(p.pubowner, 'USAGE') AS owned,
                   p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate AS every_operation,
                   p.pubviaroot AS via_root, p.puballtables AS all_tables
            FROM pg_catalog.pg_publication p WHERE p.pubname::text = ?
            """;

    /**
     * Parameters: the publication's name; schemas, names (text arrays of one length). One row per table of these that is
     * published under its own name. Row filters and column lists came with version 15: before it the view has no such
     * columns, hence to_jsonb.
     */
    static final String PUBLISHED = """
            SELECT t.schemaname AS schema, t.tablename AS name,
                   pg_catalog.to_jsonb(t) ->> 'rowfilter' IS NOT NULL AS has_filter,
                   EXISTS (
                       SELECT FROM pg_catalog.pg_publication_rel r
                       JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
                       JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
                       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                       WHERE p.pubname = t.pubname AND n.nspname = t.schemaname AND c.relname = t.tablename
                         AND pg_catalog.to_jsonb(r) ->> 'prattrs' IS NOT NULL
                   ) AS has_column_list
            FROM pg_catalog.pg_publication_tables t
            WHERE t.pubname::text = ?
              AND (t.schemaname::text, t.tablename::text) IN (SELECT * FROM unnest(?::text[], ?::text[]))
            """;

    /**
     * Parameter: the slot's name. No row when there is none that could be ours: pgoutput's, and of this database. PostgreSQL hides pg_stat_replication.state from ordinary
     * users, their own walsenders included; but they see the command of their own.
     */
    static final String SLOT = """
            SELECT s.active, coalesce(a.query LIKE 'START\\_REPLICATION %', false) AS streaming,
                   s.confirmed_flush_lsn::text AS confirmed_lsn, s.restart_lsn::text AS restart_lsn, s.wal_status,
                   nullif(current_setting('max_slot_wal_keep_size'), '-1') AS keeps_at_most
            FROM pg_catalog.pg_replication_slots s
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = s.active_pid
            WHERE s.slot_name::text = ? AND s.plugin = 'pgoutput' AND s.database = current_database()
            """;

    /** Parameter: the slot's name. */
    static final String STOP_READER = """
            SELECT pg_catalog.pg_terminate_backend(active_pid) FROM pg_catalog.pg_replication_slots
            WHERE slot_name::text = ? AND active
            """;

    /** Parameter: the slot's name. */
    static final String DROP_SLOT = "SELECT pg_catalog.pg_drop_replication_slot(?)";

    private Queries() {}
}
