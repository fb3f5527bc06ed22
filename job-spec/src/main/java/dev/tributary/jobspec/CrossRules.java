package dev.tributary.jobspec;

import dev.tributary.jobspec.JobSpecCheck.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What fields must be to each other, and texts to those who read them; for {@link JobSpecCheck}. */
final class CrossRules {

    private static final Pattern SERVERS = Pattern.compile("[^\\s:,@/]+:[0-9]{1,5}(,[^\\s:,@/]+:[0-9]{1,5})*");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private final List<Problem> problems = new ArrayList<>();
    private final String path;

    private CrossRules(String path) {
        this.path = path;
    }

    /** What is wrong with a record whose fields are right one by one. */
    static List<Problem> problems(Object built, String path) {
        CrossRules rules = new CrossRules(path);
        if (built instanceof JobSpec spec) {
            rules.different(spec.tables(), "tables", "topic", JobSpec.Table::topic);
            rules.different(spec.tables(), "tables", "target", JobSpec.Table::target);
        } else if (built instanceof JobSpec.Kafka kafka) {
            rules.require(
                    SERVERS.matcher(kafka.bootstrapServers()).matches(),
                    "bootstrapServers",
                    "must be host:port, several with commas between and no spaces");
        } else if (built instanceof JobSpec.ClickHouse clickHouse) {
            rules.url(clickHouse.url());
            rules.require(
                    !clickHouse.jobDatabase().equals(clickHouse.database()),
                    "jobDatabase",
                    "must not be the tenant's own database");
        } else if (built instanceof JobSpec.Table table) {
            rules.table(table);
        } else if (built instanceof JobSpec.Column column) {
            rules.column(column);
        }
        return rules.problems;
    }

    private void url(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            require(http && url.getHost() != null, "url", "must be http://host:port or https://host:port");
            require(
                    url.getRawUserInfo() == null && url.getRawQuery() == null,
                    "url",
                    "must have no login and no parameters: the job takes CLICKHOUSE_USER and CLICKHOUSE_PASSWORD"
                            + " from its environment");
        } catch (IllegalArgumentException e) {
            require(false, "url", "must be http://host:port or https://host:port");
        }
    }

    private void table(JobSpec.Table table) {
        require(
                TOPIC.matcher(table.topic()).matches(),
                "topic",
                "must be a name that Kafka allows: [A-Za-z0-9._-], at most 249");
        different(table.columns(), "columns", "name", JobSpec.Column::name);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < table.key().size(); i++) {
            String name = table.key().get(i);
            String at = "key[" + i + "]";
            Optional<JobSpec.Column> column =
                    table.columns().stream().filter(c -> c.name().equals(name)).findFirst();
            require(column.isPresent(), at, "must be the name of one of the columns");
            require(column.filter(JobSpec.Column::nullable).isEmpty(), at, "must not be a column that allows NULL");
            require(keys.add(name), at, "must not stand in the key twice");
        }
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i).name();
            require(
                    AddedColumn.named(table.key(), name).isEmpty(),
                    "columns[" + i + "].name",
                    "must not be " + name + ", which Tributary adds itself");
        }
        for (int i = 0; i < table.startOffsets().size(); i++) {
            require(table.startOffsets().get(i) >= 0, "startOffsets[" + i + "]", "must not be negative");
        }
    }

    private void column(JobSpec.Column column) {
        require(
                AddedColumn.named(column.name()).isEmpty(),
                "name",
                "must not be " + column.name() + ", which Tributary adds itself");
        require(
                !column.nullable() || !(column.type() instanceof ColumnType.Array),
                "type",
                "must not be an array where NULL is allowed, since ClickHouse has no Nullable(Array): use kind text");
    }

    private <T> void different(List<T> elements, String list, String field, Function<T, String> of) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            require(
                    seen.add(of.apply(elements.get(i))),
                    list + "[" + i + "]." + field,
                    "must not be that of another of the " + list);
        }
    }

    private void require(boolean fine, String field, String problem) {
        if (!fine) {
            problems.add(new Problem(path.isEmpty() ? field : path + "." + field, problem));
        }
    }
}
