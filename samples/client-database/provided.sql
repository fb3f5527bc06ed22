-- The least a client's database administrator can grant: Tributary reads two tables, follows their changes, and owns nothing.
-- Run it in the client's database, with your own tables in place of customers and orders:
--
--     psql -v ON_ERROR_STOP=1 -v user=tributary -v password=... -f provided.sql "postgresql://dba@host/shop"
--
-- On Amazon RDS leave REPLICATION out and GRANT rds_replication TO :"user" instead.
-- In a TenantPipeline: source.postgresql.publication: {management: Provided, name: tributary_tables}
CREATE ROLE :"user" LOGIN REPLICATION PASSWORD :'password';

GRANT CONNECT ON DATABASE :"DBNAME" TO :"user";
GRANT USAGE ON SCHEMA public TO :"user";
GRANT SELECT ON public.customers, public.orders TO :"user";

-- Whole tables: a row filter or a column list would be refused.
CREATE PUBLICATION tributary_tables FOR TABLE public.customers, public.orders
    WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);
