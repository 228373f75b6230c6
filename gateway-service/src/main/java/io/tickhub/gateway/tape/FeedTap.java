package io.tickhub.gateway.tape;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickhub.client.ClientConfig;
import io.tickhub.client.FeedException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.RequestException;
import io.tickhub.client.Subscription;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.gateway.GatewayMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's one feed: subscribes to all symbols, writes what comes on the {@link Tape} and the {@link Board}, and subscribes again
 * when the subscription is over. A gateway that starts again within its lease goes on in the same feed. One thread of its own does all of
 * it; the state may be read by any. Owns the client.
 */
public final class FeedTap implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedTap.class);
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(15);
    private static final int TELL_EACH = 256;
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final ClientConfig config;
    private final Tape tape;
    private final Board board;
    private final Counter events;
    private final Timer latency;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<MarketDataClient> connected = Optional.empty();
    private volatile State state = new State(Optional.empty(), false, "not subscribed yet");

    /**
     * How the feed stands.
     *
     * @param feed topic of the feed that is read
     * @param hub whether a hub is there
     * @param detail one sentence if ticks do not come, else empty
     */
    public record State(Optional<String> feed, boolean hub, String detail) {

        /** Number of the feed, see {@link Place#feed}; empty if there is none. */
        public OptionalLong number() {
            return feed.isPresent()
                    ? OptionalLong.of(
                            Long.parseLong(feed.get().substring(feed.get().lastIndexOf('.') + 1)))
                    : OptionalLong.empty();
        }

        /** Whether ticks come as they are published. */
        public boolean isLive() {
            return feed.isPresent() && hub;
        }
    }

    /** @param onFailure told if the thread dies */
    public FeedTap(ClientConfig config, Tape tape, Board board, MeterRegistry meters, Consumer<Throwable> onFailure) {
        this.config = config;
        this.tape = tape;
        this.board = board;
        this.events = GatewayMetrics.EVENTS.counter().register(meters);
        this.latency =
                GatewayMetrics.LATENCY.timer().publishPercentileHistogram().register(meters);
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name(config.client() + "-feed").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public State state() {
        return state;
    }

    /** The connection while there is one, for requests besides the feed; not to be closed. */
    public Optional<MarketDataClient> client() {
        return connected;
    }

    /** Ends the thread. The subscription stays for the time of the lease. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            // Also of a thread that was never started.
            thread.join(END_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (isRunning()) {
                try (MarketDataClient client = MarketDataClient.connect(config)) {
                    connected = Optional.of(client);
                    follow(client);
                } catch (RequestException | FeedException e) {
                    tellWaiting(e.getMessage());
                    var unused = stopped.await(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                } finally {
                    connected = Optional.empty();
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("The feed is no longer read");
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private void follow(MarketDataClient client) {
        Subscription subscription = client.subscribe(SubscriptionRequest.toAll());
        String feed = subscription.feed().orElseThrow();
        State live = new State(Optional.of(feed), true, "");
        State still = new State(Optional.of(feed), false, "no hub is running: prices stand still");
        long number = live.number().orElseThrow();
        LOG.info("Subscribed to all symbols; the feed is {}", feed);
        while (isRunning() && !subscription.isEnded()) {
            Optional<MarketEvent> event = subscription.next(Duration.ZERO);
            if (event.isEmpty()) {
                tape.tell();
                state = client.isHubThere() ? live : still;
                event = subscription.next(WAIT);
            }
            event.ifPresent(found ->
                    write(found, new Place(number, subscription.feedOffset().orElse(0))));
        }
        tape.tell();
    }

    private void write(MarketEvent event, Place place) {
        events.increment();
        if (event instanceof MarketEvent.FeedTick tick) {
            Duration age = Duration.between(tick.timestamp(), Instant.now());
            if (!age.isNegative() && age.compareTo(YOUNG) < 0) {
                latency.record(age);
            }
        }
        if (event instanceof MarketEvent.Begun begun) {
            board.begin(begun.symbol(), begun.covers().from());
        }
        Messages.of(event).ifPresent(message -> {
            TapeItem item = tape.append(place, event.symbol(), message.kind(), message.json());
            board.note(item, event.covers());
            // While events never cease to come.
            if (item.sequence() % TELL_EACH == 0) {
                tape.tell();
            }
        });
    }

    private void tellWaiting(String why) {
        if (!state.detail().equals(why)) {
            LOG.warn("The gateway has no feed; trying again: {}", why);
        }
        state = new State(Optional.empty(), false, why);
    }

    private boolean isRunning() {
        return stopped.getCount() > 0;
    }
}
