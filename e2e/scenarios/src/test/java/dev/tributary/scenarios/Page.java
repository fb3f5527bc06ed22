package dev.tributary.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation: its code blocks, with what the line before them says about tests, and its links. The line is
 * {@code <!-- run -->} or {@code <!-- not run: why -->}; no reader sees it.
 *
 * @param root of the checkout
 * @param path below it
 * @param lines the Markdown
 */
record Page(Path root, Path path, List<String> lines) {

    private static final Pattern MARK = Pattern.compile("<!-- (run|not run: .+) -->");
    private static final Pattern HEADING = Pattern.compile("#+ +(.*)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");
    private static final int CODE_INDENT = 4;
    private static final Set<String> PROGRAMS = Set.of(
            "./tributary",
            "argocd",
            "cp",
            "curl",
            "docker",
            "eval",
            "flink",
            "helm",
            "install",
            "kubectl",
            "mvn",
            "psql",
            "sha512sum");
    private static final Set<String> FOLDERS_OF_BUILDS = Set.of("target", "node_modules", ".git", ".tributary");

    /** What the line before a block says: nothing, that it is run, or why it is not. */
    sealed interface Mark {
        record None() implements Mark {}

        record Run() implements Mark {}

        record NotRun(String reason) implements Mark {}
    }

    /**
     * A code block.
     *
     * @param section the heading it is under
     * @param line of the page where it begins, from 1
     * @param text without the indentation
     */
    record Block(String section, int line, Mark mark, String text) {

        /** What is to be typed: lines after a {@code $} where there are such, since what they print follows them. */
        String commands() {
            List<String> typed = text.lines()
                    .filter(l -> l.startsWith("$ "))
                    .map(l -> l.substring(2))
                    .toList();
            return typed.isEmpty() ? text : String.join("\n", typed);
        }

        boolean isCommand() {
            return PROGRAMS.contains(commands().strip().split("\\s+")[0]);
        }
    }

    static Page read(Path root, String path) {
        try {
            return new Page(root, Path.of(path), Files.readAllLines(root.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every page of a checkout. */
    static List<Page> all(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".md"))
                    .map(root::relativize)
                    .filter(f -> Stream.iterate(f, p -> p != null, Path::getParent)
                            .noneMatch(p ->
                                    FOLDERS_OF_BUILDS.contains(p.getFileName().toString())))
                    .sorted()
                    .map(f -> read(root, f.toString()))
                    .toList();
        }
    }

    /** The code blocks, from top to bottom. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String section = "";
        Mark mark = new Mark.None();
        boolean paragraph = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher marked = MARK.matcher(line.strip());
            Matcher heading = HEADING.matcher(line);
            if (marked.matches()) {
                mark = marked.group(1).equals("run")
                        ? new Mark.Run()
                        : new Mark.NotRun(marked.group(1).substring("not run: ".length()));
                paragraph = false;
            } else if (line.isBlank()) {
                paragraph = false;
            } else if (heading.matches()) {
                section = heading.group(1);
            } else if (!paragraph && indent(line) >= CODE_INDENT) {
                int end = end(i);
                blocks.add(new Block(
                        section,
                        i + 1,
                        mark,
                        String.join("\n", lines.subList(i, end)).stripIndent()));
                mark = new Mark.None();
                i = end - 1;
            } else {
                // A mark is only for the block that follows it at once.
                mark = new Mark.None();
                paragraph = true;
            }
        }
        return blocks;
    }

    /** How many marks there are, with a block after them or without. */
    long marks() {
        return lines.stream().filter(l -> MARK.matcher(l.strip()).matches()).count();
    }

    private int end(int begin) {
        int end = begin + 1;
        for (int i = end; i < lines.size() && (lines.get(i).isBlank() || indent(lines.get(i)) >= CODE_INDENT); i++) {
            end = lines.get(i).isBlank() ? end : i + 1;
        }
        return end;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** Where the page's relative links point to and nothing is. */
    List<String> brokenLinks() {
        return lines.stream()
                .filter(line -> indent(line) < CODE_INDENT)
                .flatMap(line ->
                        LINK.matcher(CODE_SPAN.matcher(line).replaceAll("`")).results())
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .filter(target -> !leadsSomewhere(target))
                .toList();
    }

    private boolean leadsSomewhere(String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? root.resolve(path)
                : root.resolve(path).resolveSibling(parts[0]).normalize();
        return Files.exists(file)
                && (parts.length == 1
                        || read(root, root.relativize(file).toString())
                                .anchors()
                                .contains(parts[1]));
    }

    private List<String> anchors() {
        return lines.stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
