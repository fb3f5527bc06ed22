package dev.tributary.box.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressReservationTest {

    @TempDir
    Path registry;

    @Test
    void theSameKeyGetsTheSameAddressAgain() throws Exception {
        // Given
        String first;
        try (AddressReservation reservation = AddressReservation.reserve(registry, "/home/ada/tributary")) {
            first = reservation.address();
        }

        // When
        try (AddressReservation again = AddressReservation.reserve(registry, "/home/ada/tributary")) {

            // Then
            assertThat(again.address()).isEqualTo(first).matches("127\\.\\d+\\.\\d+\\.1");
        }
    }

    @Test
    void twoAtATimeNeverShareAnAddress() throws Exception {
        // Given
        try (AddressReservation first = AddressReservation.reserve(registry, "same key")) {

            // When
            try (AddressReservation second = AddressReservation.reserve(registry, "same key")) {

                // Then
                assertThat(second.address()).isNotEqualTo(first.address());
            }
        }
    }

    @Test
    void aPortThatSomebodyHasIsTold() throws Exception {
        // Given
        try (AddressReservation reservation = AddressReservation.reserve(registry, "ports");
                ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getByName(reservation.address()))) {

            // When
            List<Integer> taken = reservation.taken(List.of(somebody.getLocalPort()));

            // Then
            assertThat(taken).containsExactly(somebody.getLocalPort());
        }
    }
}
