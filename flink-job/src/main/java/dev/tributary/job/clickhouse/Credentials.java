package dev.tributary.job.clickhouse;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import java.util.Map;

/**
 * Who the job is at ClickHouse. Read where it is used, never part of the job graph.
 *
 * @param user the user
 * @param password the password, possibly empty
 */
record Credentials(String user, String password) {

    private static final String USER = "CLICKHOUSE_USER";
    private static final String PASSWORD = "CLICKHOUSE_PASSWORD";

    static Credentials fromEnvironment(Map<String, String> environment) {
        String user = environment.get(USER);
        String password = environment.get(PASSWORD);
        if (user == null || password == null) {
            throw new JobStopped(
                    StopReason.INVALID_START, "the process's environment has no " + (user == null ? USER : PASSWORD));
        }
        return new Credentials(user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
