package dev.tributary.job.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokersTest {

    @Test
    void aBrokerThatNeverAnswersIsGivenUp() throws IOException {
        Duration patience = Duration.ofSeconds(1);

        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> {
                        try (Brokers brokers = new Brokers("127.0.0.1:" + silent.getLocalPort(), patience)) {
                            brokers.topics(List.of("t"));
                        }
                    })
                    .isInstanceOf(Brokers.Unreachable.class)
                    .hasMessage("within 1 s");
        }
    }
}
