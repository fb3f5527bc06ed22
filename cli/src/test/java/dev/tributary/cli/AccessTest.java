package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What whoever calls it without a cluster is told. */
class AccessTest {

    /** Nobody listens at the address that is in it. */
    private static final String KUBECONFIG = "--kubeconfig=src/test/resources/nobody.kubeconfig";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void anApiServerThatDoesNotAnswerIsToldInOneLine() {
        int exitCode = run("status", KUBECONFIG);

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).startsWith("the API server: ").hasLineCount(1);
    }

    @Test
    void doctorSaysWhatToDoAboutAnApiServerThatDoesNotAnswer() {
        int exitCode = run("doctor", KUBECONFIG);

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("WRONG      API server https://127.0.0.1:9/: does not answer: ")
                .contains(
                        "-> see that the kubeconfig's context is the right one",
                        "1 of 1 checks found something wrong.");
    }

    @Test
    void aContextThatIsNotThereIsRefused() {
        int exitCode = run("status", KUBECONFIG, "--context=other");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith("--context: there is no context other ");
    }

    @Test
    void aKubeconfigThatIsNotThereIsRefused() {
        int exitCode = run("events", "--kubeconfig=src/test/resources/nothing");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith("--kubeconfig: src/test/resources/nothing cannot be read");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
