package io.tickhub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickhub.gateway.GatewayMetrics;
import io.tickhub.gateway.tape.FeedTap;
import io.tickhub.gateway.tape.Place;
import io.tickhub.gateway.tape.Script;
import io.tickhub.model.ClientId;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PumpTest {

    /** So short that every write is slow. */
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final Script script = new Script(16);
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aSlowBrowserThatTakesItInTheEndIsToldWhyItIsLeft() throws Exception {
        Connection connection = new Connection(Integer.MAX_VALUE);
        new Pump(streams(AT_ONCE), connection).run(every("A"), Optional.empty());

        assertThat(connection.frames.getLast().event()).isEqualTo(Frame.Event.CLOSED);
        assertThat(connection.frames.getLast().json()).contains("this browser took longer than");
        assertThat(disconnected()).isEqualTo(1);
    }

    @Test
    void oneThatNeverTakesItCountsToo() {
        assertThatThrownBy(() -> new Pump(streams(AT_ONCE), new Connection(1)).run(every("A"), Optional.empty()))
                .isInstanceOf(IOException.class);

        assertThat(disconnected()).isEqualTo(1);
    }

    @Test
    void oneThatGoesByItselfDoesNot() {
        assertThatThrownBy(() ->
                        new Pump(streams(Duration.ofMinutes(1)), new Connection(1)).run(every("A"), Optional.empty()))
                .isInstanceOf(IOException.class);

        assertThat(disconnected()).isZero();
    }

    @Test
    void aConflatedStreamThatComesBackNeedsTheNewestOnly() {
        Connection connection = new Connection(2);
        Selection conflated = new Selection(Set.of(new Symbol("A")), Set.of(), Optional.of(Duration.ofMillis(100)));

        assertThatThrownBy(() -> new Pump(streams(Duration.ofMinutes(1)), connection)
                        .run(conflated, Optional.of(new Place(Script.FEED, 0))))
                .isInstanceOf(IOException.class);

        assertThat(connection.events()).doesNotContain(Frame.Event.LOST).contains(Frame.Event.TICK);
    }

    private double disconnected() {
        return meters.get(GatewayMetrics.DISCONNECTED.definition().name())
                .counter()
                .count();
    }

    private static Selection every(String symbol) {
        return new Selection(Set.of(new Symbol(symbol)), Set.of(), Optional.empty());
    }

    private Streams streams(Duration slowAfter) {
        script.tick("A", 1);
        FeedTap.State live = new FeedTap.State(Optional.of("feed"), true, "");
        return new Streams(
                script.tape,
                script.board,
                new StatsNews(Map::of),
                () -> live,
                new Rewind(new KafkaConfig("localhost:1", new Topics(""), Map.of()), new ClientId("gateway")),
                new StreamLimits(new StreamLimits.Most(1, 1, 1)),
                slowAfter,
                meters);
    }

    /** Takes everything until so many flushes, and is gone then. */
    private static final class Connection implements Outlet {

        private final List<Frame> frames = new ArrayList<>();
        private int flushes;

        private Connection(int flushes) {
            this.flushes = flushes;
        }

        private List<Frame.Event> events() {
            return frames.stream().map(Frame::event).toList();
        }

        @Override
        public void send(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void flush() throws IOException {
            flushes--;
            if (flushes < 0) {
                throw new IOException("gone");
            }
        }

        @Override
        public void ping() {}
    }
}
