package dev.tributary.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.box.layout.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What {@code kubectl auth can-i --list} says of the operator's service account, as the table of docs/rights.md. */
final class OperatorRights {

    private static final String NOBODY = "system:serviceaccount:default:nobody";

    private final Box box;

    OperatorRights(Box box) {
        this.box = box;
    }

    /** The rows: what it may everywhere, and what it may in addition in the namespaces of the chart's default values. */
    List<String> table() throws IOException, InterruptedException {
        List<String> table = new ArrayList<>(List.of("| where | what | verbs |", "|---|---|---|"));
        Set<String> everywhere = rights("acme", Identity.OPERATOR.user());
        everywhere.removeAll(rights("acme", NOBODY));
        everywhere.forEach(right -> table.add("| everywhere " + right));
        for (String namespace : List.of("tributary-system", "kafka", "flink")) {
            Set<String> here = rights(namespace, Identity.OPERATOR.user());
            here.removeAll(rights(namespace, NOBODY));
            here.removeAll(everywhere);
            here.forEach(right -> table.add("| namespace `" + namespace + "` " + right));
        }
        return table;
    }

    /** Rights to resources; each a cell for what, and one for the verbs. */
    private Set<String> rights(String namespace, String user) throws IOException, InterruptedException {
        return kubectl("auth", "can-i", "--list", "--namespace", namespace, "--as", user)
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .map(OperatorRights::row)
                .sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Columns: resources, URLs, names, verbs; all but the first in brackets. */
    private static String row(String line) {
        String resource = line.substring(0, line.indexOf(' '));
        String[] lists = line.substring(line.indexOf('[')).split("]\\s*");
        String names = lists[1].substring(1);
        return "| `" + resource + "`" + (names.isEmpty() ? "" : " `" + names + "`") + " | "
                + lists[2].substring(1).replace(" ", ", ") + " |";
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(box.kubectl().toString(), "--request-timeout=30s"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put("KUBECONFIG", box.layout().kubeconfig(Identity.ADMIN).toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** The table as it is written for readers. */
    static List<String> documented(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
    }
}
