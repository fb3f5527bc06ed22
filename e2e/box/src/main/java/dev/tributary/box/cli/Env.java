package dev.tributary.box.cli;

import dev.tributary.box.clickhouse.ClickHouseServer;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.postgresql.PostgresAccess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "env", description = "Prints shell exports: eval \"$(./tributary env)\".")
final class Env implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        variables(UpBox.ofLauncher().requireLayout())
                .forEach((name, value) -> System.out.println("export " + name + "=" + quoted(value)));
        return 0;
    }

    /** How others reach the box's engines; some hold passwords. */
    static Map<String, String> variables(BoxLayout layout) throws IOException {
        Passwords passwords = Passwords.of(layout);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("KUBECONFIG", layout.kubeconfig(Identity.ADMIN).toString());
        variables.put("POSTGRES_URL", new PostgresAccess(layout, "postgres", passwords.postgres()).url("shop"));
        variables.put("KAFKA_BOOTSTRAP", layout.kafkaBootstrap());
        variables.put("CONNECT_URL", layout.connectUrl());
        variables.put("FLINK_URL", layout.flinkUrl());
        variables.put("CLICKHOUSE_URL", layout.clickHouseUrl());
        variables.put("CLICKHOUSE_USER", ClickHouseServer.ADMIN);
        variables.put("CLICKHOUSE_PASSWORD", passwords.clickHouse());
        return variables;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
