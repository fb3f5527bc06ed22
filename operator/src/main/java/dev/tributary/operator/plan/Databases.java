package dev.tributary.operator.plan;

import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.clickhouse.DatabasePlan;
import dev.tributary.operator.clickhouse.Identifier;

/** The ClickHouse databases of a tenant. */
public final class Databases {

    private Databases() {}

    /** The one that analysts read. */
    public static DatabasePlan ofRows(Identity identity) {
        return new DatabasePlan(new Identifier(identity.database()), identity.tenant(), identity.namespace());
    }

    /** The one of the job's own tables. */
    public static DatabasePlan ofJob(Identity identity) {
        return new DatabasePlan(new Identifier(identity.jobDatabase()), identity.tenant(), identity.namespace());
    }
}
