package dev.tributary.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What of a page of docs/ is made from the code, between two comments. {@code -DargLine=-Dgolden.update=true} writes it anew.
 *
 * @param page the page's file
 * @param name what the comments call it
 */
public record GeneratedPart(Path page, String name) {

    /** A part of this page of docs/. */
    public static GeneratedPart of(String page, String name) {
        return new GeneratedPart(Path.of("..", "docs", page), name);
    }

    /** Fails unless the page has it as it is made now. */
    public void assertIs(String made) throws IOException {
        String before = Files.readString(page);
        String begin = "<!-- " + name + ": generated -->\n";
        String end = "<!-- end of " + name + " -->";
        assertThat(before).contains(begin, end);
        String expected = before.substring(0, before.indexOf(begin) + begin.length())
                + made
                + before.substring(before.indexOf(end));

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, expected);
        }

        assertThat(page)
                .as("run mvn verify -pl crds,job-spec,operator -DargLine=-Dgolden.update=true")
                .hasContent(expected);
    }
}
