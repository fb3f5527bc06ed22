package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.box.layout.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is checked of the pages without running their commands, which {@link DocsTest} does. */
class PagesTest {

    static List<Page> pages() throws IOException {
        return Page.all(Checkout.current().root());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsRunOrSaysWhyNot(Page page) {
        List<Page.Block> blocks = page.blocks();

        assertThat(blocks.stream()
                        .filter(b -> b.isCommand() && b.mark() instanceof Page.Mark.None)
                        .map(b -> page.path() + ":" + b.line() + ": " + b.commands()))
                .as("put <!-- run --> (then DocsTest runs it) or <!-- not run: why --> before it")
                .isEmpty();
        assertThat(blocks.stream().filter(b -> !(b.mark() instanceof Page.Mark.None)))
                .as("each mark has a block right after it")
                .hasSize((int) page.marks());
        if (blocks.stream().anyMatch(b -> b.mark() instanceof Page.Mark.Run)) {
            assertThat(DocsTest.PAGES).contains(page.path().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Page page) {
        assertThat(page.brokenLinks()).isEmpty();
    }

    @Test
    void marksBlocksAndBrokenLinksAreFound() {
        Page page = new Page(
                Path.of("").toAbsolutePath(), Path.of("page.md"), """
                        # Steps

                        1. First [here](#steps), then [there](nowhere.md), `[not](this)`:

                           <!-- run -->

                               kubectl get pods \\
                                   -A

                           and so on.

                        <!-- not run: it takes a cluster -->
                            $ kubectl get nodes
                            NAME

                        ## Then

                            helm version
                        """.lines().toList());

        List<Page.Block> blocks = page.blocks();

        assertThat(blocks)
                .containsExactly(
                        new Page.Block("Steps", 7, new Page.Mark.Run(), "kubectl get pods \\\n    -A"),
                        new Page.Block(
                                "Steps", 13, new Page.Mark.NotRun("it takes a cluster"), "$ kubectl get nodes\nNAME"),
                        new Page.Block("Then", 18, new Page.Mark.None(), "helm version"));
        assertThat(blocks.get(1).commands()).isEqualTo("kubectl get nodes");
        assertThat(blocks).allMatch(Page.Block::isCommand);
    }
}
