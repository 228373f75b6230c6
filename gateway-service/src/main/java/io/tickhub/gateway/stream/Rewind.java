package io.tickhub.gateway.stream;

import io.tickhub.client.FeedLog;
import io.tickhub.gateway.tape.Messages;
import io.tickhub.gateway.tape.Place;
import io.tickhub.gateway.tape.TapeItem;
import io.tickhub.model.ClientId;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again from the topic of the gateway's feed what the tape no longer holds, for a browser that comes back after a long time. Thread
 * safe; a few at a time, the others wait.
 */
public final class Rewind {

    private static final Logger LOG = LoggerFactory.getLogger(Rewind.class);
    private static final int AT_A_TIME = 4;
    private static final int LOOK_MILLIS = 100;

    private final KafkaConfig kafka;
    private final ClientId client;
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);

    /** @param client whose feed it is */
    public Rewind(KafkaConfig kafka, ClientId client) {
        this.kafka = kafka;
        this.client = client;
    }

    /** Takes what was read. */
    interface Sink {
        void take(Frame frame) throws IOException;

        /** Whether it wants no more. */
        boolean isDone() throws IOException;
    }

    /**
     * How far it came.
     *
     * @param place up to where everything was read
     * @param deleted events that retention has deleted before
     */
    record Reached(Place place, long deleted) {}

    /**
     * Reads what lies after a place, up to an offset, of the symbols of which every tick is wanted.
     *
     * @return empty if the feed can no longer be read, or the sink wants no more
     */
    Optional<Reached> read(Place after, long to, Selection selection, Sink sink)
            throws IOException, InterruptedException {
        Topics.Spec feed = kafka.topics().feed(client, after.feed());
        while (!turns.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (sink.isDone()) {
                return Optional.empty();
            }
        }
        try (FeedLog log = FeedLog.open(kafka, client, feed.name(), after.offset() + 1, to)) {
            long deleted = log.first() - after.offset() - 1;
            Place place = after;
            while (!log.isDone()) {
                if (sink.isDone()) {
                    return Optional.empty();
                }
                for (FeedLog.Placed placed : log.next()) {
                    place = new Place(after.feed(), placed.offset());
                    if (selection.isEvery(placed.event().symbol())) {
                        emit(placed, place, sink);
                    }
                }
            }
            return Optional.of(new Reached(place, deleted));
        } catch (KafkaException e) {
            LOG.debug("The feed cannot be read again", e);
            return Optional.empty();
        } finally {
            turns.release();
        }
    }

    private static void emit(FeedLog.Placed placed, Place place, Sink sink) throws IOException {
        Optional<Messages.Message> message = Messages.of(placed.event());
        if (message.isPresent()) {
            sink.take(Frame.of(new TapeItem(
                    0,
                    place,
                    placed.event().symbol(),
                    message.get().kind(),
                    message.get().json())));
        }
    }
}
