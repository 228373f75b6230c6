package io.tickhub.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @Test
    void tellsATakenPortFromAFreeOne() throws IOException {
        int port = Ports.free();
        assertThat(Ports.isFree(port)).isTrue();

        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
    }

    @Test
    void aTakenPortLeavesNothingBehind(@TempDir Path parent) throws IOException {
        Path data = parent.resolve("data");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThatThrownBy(() -> LocalBroker.start(BrokerConfig.keptIn(data).withPort(port)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("port " + port + " on localhost is taken; "
                            + "stop the program that listens there or choose another port with --port");
        }
        assertThat(data).doesNotExist();
    }
}
