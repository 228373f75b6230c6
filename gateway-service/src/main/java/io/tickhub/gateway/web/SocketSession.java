package io.tickhub.gateway.web;

import io.tickhub.gateway.stream.Frame;
import io.tickhub.gateway.stream.Pump;
import io.tickhub.gateway.stream.Selection;
import io.tickhub.gateway.stream.StreamLimits;
import io.tickhub.gateway.stream.Streams;
import io.tickhub.model.Symbol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: its messages change what it wants, a virtual thread of its own writes what comes. Messages come on one thread at a time.
 * Owns the permit for the stream.
 */
final class SocketSession {

    private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);

    private final Session session;
    private final StreamLimits.Permit permit;
    private final Parameters parameters;
    private final int mostSymbols;
    private final Pump pump;
    private Set<Symbol> symbols = new TreeSet<>();
    private Optional<Duration> interval = Optional.empty();

    private record Subscribed(List<Symbol> symbols) {}

    SocketSession(Session session, Streams streams, StreamLimits.Permit permit, Duration patience) {
        this.session = session;
        this.permit = permit;
        this.mostSymbols = streams.limits().most().symbols();
        this.parameters = new Parameters(mostSymbols);
        this.pump = new Pump(streams, new SocketOutlet(session, patience));
    }

    void start() {
        var unused = Thread.ofVirtual().name("socket").start(this::run);
    }

    /** Takes a message; none after the stream was ended. */
    void take(String text) {
        if (pump.isStopped()) {
            return;
        }
        Frame answer;
        try {
            apply(SocketMessage.parse(text));
            answer = Frame.of(Frame.Event.SUBSCRIBED, new Subscribed(List.copyOf(symbols)));
        } catch (IllegalArgumentException | ProblemException e) {
            answer = Frame.because(Frame.Event.ERROR, e.getMessage());
        }
        if (!pump.reply(answer)) {
            pump.stop("too many messages came before the answers to the first ones were taken");
        }
    }

    /** The other end is gone. */
    void end() {
        pump.stop("closed");
        permit.close();
    }

    private void apply(SocketMessage message) {
        Set<Symbol> wanted = new TreeSet<>(symbols);
        Optional<Duration> wantedInterval = interval;
        switch (message) {
            case SocketMessage.Subscribe subscribe -> {
                wanted.addAll(parameters.symbols("symbols", subscribe.symbols()));
                wantedInterval = subscribe.interval().or(() -> interval);
            }
            case SocketMessage.Unsubscribe unsubscribe ->
                wanted.removeAll(parameters.symbols("symbols", unsubscribe.symbols()));
        }
        if (wanted.size() > mostSymbols) {
            throw new IllegalArgumentException("a socket may have " + mostSymbols + " symbols; * stands for all");
        }
        Selection selection = new Selection(wanted, Set.of(), wantedInterval);
        symbols = wanted;
        interval = wantedInterval;
        pump.select(selection);
    }

    private void run() {
        try {
            pump.run(Selection.ofNone(), Optional.empty());
            session.close(StatusCode.SHUTDOWN, "the gateway ends this stream", Callback.NOOP);
        } catch (IOException e) {
            LOG.debug("A socket has ended: {}", e.toString());
            session.disconnect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            permit.close();
        }
    }
}
