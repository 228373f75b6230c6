package io.tickhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A browser that opens a live stream and takes nothing of it until it is told to. For one thread. Owns its connection. */
final class SlowBrowser implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int RECEIVE_BUFFER = 256 * 1_024;

    private final Socket socket = new Socket();

    private SlowBrowser(int port, String query) throws IOException {
        // What the kernel takes for it is not to be much; less than this is read at a crawl, one packet of the loopback
        // being 64 KB.
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /api/stream?" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    static SlowBrowser open(int port, String query) {
        try {
            return new SlowBrowser(port, query);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until this text has come. */
    void readUntil(String text) {
        byte[] some = new byte[64 * 1024];
        String tail = "";
        try {
            while (!tail.contains(text)) {
                int count = socket.getInputStream().read(some);
                if (count < 0) {
                    throw new AssertionError("the stream ended before " + text);
                }
                tail = tail.substring(Math.max(0, tail.length() - text.length()))
                        + new String(some, 0, count, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no " + text + " on the stream", e);
        }
    }

    /** Reads what there is; whether the other end has closed the connection, in order or not. */
    boolean isCutOff() {
        byte[] some = new byte[64 * 1024];
        try {
            while (true) {
                if (socket.getInputStream().read(some) < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
