package dev.tributary.operator.clickhouse;

/**
 * A tenant's database as it should be.
 *
 * @param name its name
 * @param tenant the tenant it holds
 * @param namespace the namespace the tenant belongs to
 */
public record DatabasePlan(Identifier name, String tenant, String namespace) {

    /** The comment that says whose the database is. */
    public String mark() {
        return "tributary: tenant " + tenant + " of namespace " + namespace;
    }
}
