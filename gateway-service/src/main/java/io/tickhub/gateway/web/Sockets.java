package io.tickhub.gateway.web;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.tickhub.gateway.stream.StreamLimits;
import io.tickhub.gateway.stream.Streams;
import io.tickhub.gateway.stream.TooManyStreamsException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.StatusCode;

/** WebSockets: makes a {@link SocketSession} of each. Thread safe; does not own the streams. */
public final class Sockets {

    private final Streams streams;
    private final Duration patience;
    private final Map<String, SocketSession> sessions = new ConcurrentHashMap<>();

    /** @param patience how long a message may take until the other end counts as gone */
    public Sockets(Streams streams, Duration patience) {
        this.streams = streams;
        this.patience = patience;
    }

    void configure(WsConfig socket) {
        socket.onConnect(this::open);
        socket.onMessage(message -> with(message, session -> session.take(message.message())));
        socket.onBinaryMessage(
                message -> message.session.close(StatusCode.BAD_DATA, "messages are text: JSON", Callback.NOOP));
        socket.onClose(this::end);
        socket.onError(this::end);
    }

    /** As of an event stream: both count together. */
    private static String address(SocketAddress remote) {
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? HostPort.normalizeHost(internet.getAddress().getHostAddress())
                : remote.toString();
    }

    private void open(WsContext context) {
        try {
            StreamLimits.Permit permit = streams.limits().take(address(context.session.getRemoteSocketAddress()));
            SocketSession session = new SocketSession(context.session, streams, permit, patience);
            sessions.put(context.sessionId(), session);
            session.start();
        } catch (TooManyStreamsException e) {
            context.session.close(StatusCode.TRY_AGAIN_LATER, e.getMessage(), Callback.NOOP);
        }
    }

    private void end(WsContext context) {
        Optional.ofNullable(sessions.remove(context.sessionId())).ifPresent(SocketSession::end);
    }

    private void with(WsContext context, Consumer<SocketSession> use) {
        Optional.ofNullable(sessions.get(context.sessionId())).ifPresent(use);
    }
}
