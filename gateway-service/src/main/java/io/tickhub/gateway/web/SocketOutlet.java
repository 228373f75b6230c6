package io.tickhub.gateway.web;

import io.tickhub.gateway.stream.Frame;
import io.tickhub.gateway.stream.Outlet;
import io.tickhub.model.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Writes messages to a WebSocket, each when the one before was taken. For one thread; does not own the session. */
final class SocketOutlet implements Outlet {

    private final Session session;
    private final Duration patience;

    /** @param patience how long a message may take */
    SocketOutlet(Session session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    @Override
    public void send(Frame frame) throws IOException {
        StringBuilder text = new StringBuilder(frame.json().length() + 64);
        text.append("{\"event\":").append(Json.writeLine(frame.event().text()));
        frame.place().ifPresent(place -> text.append(",\"id\":").append(Json.writeLine(place.text())));
        text.append(",\"data\":").append(frame.json()).append('}');
        Callback.Completable taken = new Callback.Completable();
        session.sendText(text.toString(), taken);
        await(taken);
    }

    @Override
    public void ping() throws IOException {
        Callback.Completable taken = new Callback.Completable();
        session.sendPing(ByteBuffer.allocate(0), taken);
        await(taken);
    }

    @Override
    public void flush() {
        // Each message was taken.
    }

    private void await(Callback.Completable taken) throws IOException {
        try {
            var unused = taken.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the socket is gone", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the other end took nothing for " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a message was sent");
        }
    }
}
