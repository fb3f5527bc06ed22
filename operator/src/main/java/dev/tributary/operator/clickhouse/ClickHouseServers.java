package dev.tributary.operator.clickhouse;

import jakarta.enterprise.context.ApplicationScoped;

/** The ClickHouse servers that classes name. */
@ApplicationScoped
public class ClickHouseServers {

    /**
     * A server, as this user.
     *
     * @param url the HTTP endpoint
     * @param user the user
     * @param password its password
     */
    public ClickHouse at(String url, String user, String password) {
        return new JdbcClickHouse(new JdbcServer(url, user, password));
    }
}
