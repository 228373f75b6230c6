package io.tickhub.gateway.web;

import io.tickhub.gateway.stream.Frame;
import io.tickhub.gateway.stream.Outlet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages as server-sent events. JSON stands on one line and has no raw control characters, so nothing in a tick can end an event
 * or begin another. For one thread; does not own the connection.
 */
final class SseOutlet implements Outlet {

    private static final int BUFFER = 32 * 1024;

    private final OutputStream out;

    SseOutlet(OutputStream connection) {
        this.out = new BufferedOutputStream(connection, BUFFER);
    }

    /** Tells the browser how soon to come back when the connection is lost. */
    void begin() throws IOException {
        write("retry: 1000\n\n");
    }

    @Override
    public void send(Frame frame) throws IOException {
        StringBuilder text = new StringBuilder(frame.json().length() + 64);
        frame.place()
                .ifPresent(place -> text.append("id: ").append(place.text()).append('\n'));
        text.append("event: ").append(frame.event().text()).append('\n');
        text.append("data: ").append(frame.json()).append("\n\n");
        write(text.toString());
    }

    @Override
    public void ping() throws IOException {
        write(":\n\n");
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
