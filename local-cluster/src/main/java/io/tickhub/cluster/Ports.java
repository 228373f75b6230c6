package io.tickhub.cluster;

import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Looks for free ports on the loopback address. No state. */
final class Ports {

    /**
     * Below the ranges from which operating systems take the local ends of connections: a client that tries to reach a stopped
     * broker on such a port could otherwise be given that very port and hold it.
     */
    private static final int FIRST = 20_000;

    private static final int LAST = 31_999;
    private static final int ATTEMPTS = 200;
    private static final int CONNECT_MILLIS = 500;

    private Ports() {}

    /** A port that nobody listens on now. */
    static int free() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new ConfigurationException(
                List.of("no free port was found from " + FIRST + " to " + LAST + " on the loopback address"));
    }

    /** Whether a server could listen on the port. */
    static boolean isFree(int port) {
        // Some systems let one bind to 127.0.0.1 although somebody listens on all addresses.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return false;
        } catch (IOException nobodyThere) {
            return canBind(port);
        }
    }

    private static boolean canBind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
