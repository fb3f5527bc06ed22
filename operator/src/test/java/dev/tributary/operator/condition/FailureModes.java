package dev.tributary.operator.condition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/failure-modes.md explains: the tables whose first column is called reason. */
record FailureModes(List<Explanation> explanations) {

    private static final Pattern ROW = Pattern.compile("\\| (`\\w+`(?:, `\\w+`)*)[^|]*\\|([^|]+)\\|.*");

    /**
     * One reason in one table.
     *
     * @param reason its name
     * @param section the heading that the table stands under
     */
    record Explanation(String reason, String section) {
        /** As Markdown, from a page beside it. */
        String link() {
            String anchor = section.toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9 -]", "")
                    .replace(' ', '-');
            return "[" + section + "](failure-modes.md#" + anchor + ")";
        }
    }

    static FailureModes read() throws IOException {
        List<Explanation> found = new ArrayList<>();
        String section = "";
        boolean reasons = false;
        for (String line : Files.readAllLines(Path.of("..", "docs", "failure-modes.md"))) {
            if (line.startsWith("## ")) {
                section = line.substring("## ".length());
            } else if (line.startsWith("| reason |")) {
                reasons = true;
            } else if (!line.startsWith("|")) {
                reasons = false;
            } else if (reasons && !line.startsWith("|---")) {
                for (String reason : reasons(line)) {
                    found.add(new Explanation(reason, section));
                }
            }
        }
        return new FailureModes(found);
    }

    List<Explanation> of(Reason reason) {
        return explanations.stream()
                .filter(e -> e.reason().equals(reason.name()))
                .toList();
    }

    private static List<String> reasons(String row) {
        Matcher matcher = ROW.matcher(row);
        if (!matcher.matches() || matcher.group(2).isBlank()) {
            throw new AssertionError(
                    "docs/failure-modes.md: this row should begin with `Reason` and explain it: " + row);
        }
        return Arrays.stream(matcher.group(1).split(", "))
                .map(name -> name.replace("`", ""))
                .toList();
    }
}
