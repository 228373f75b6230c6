package io.tickhub.hub.bar;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Answers GET_BARS, one after the other, from the topics of bars: these hold far more than a hub could keep in memory. Thread safe;
 * replies come on a thread of its own. Owns that thread and its {@link BarLog}.
 *
 * <p>Where to begin to read follows from time: no tick arrives more than {@link TickCodec#MAX_AHEAD} before its event time, so no bar
 * is written earlier than that before its start.
 */
public final class BarQueries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BarQueries.class);
    private static final int MOST_WAITING = 100;
    private static final int MOST_WAITING_OF_A_CLIENT = 10;
    private static final int ROOM_FOR_THE_REST = 1_024;
    private static final int WIDER = 8;

    private final BarLog log;
    private final CompactedTable<PriceStats> stats;
    private final Supplier<TickTopics> topics;
    private final ThreadPoolExecutor executor;
    private final Map<ClientId, Integer> waitingByClient = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param name of the thread and its consumer */
    public BarQueries(KafkaConfig kafka, String name, CompactedTable<PriceStats> stats, Supplier<TickTopics> topics) {
        this.log = new BarLog(kafka, name);
        this.stats = stats;
        this.topics = topics;
        this.executor = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> new Thread(task, name));
    }

    /**
     * Looks the bars up.
     *
     * @param isAwaited whether somebody still waits for the answer; looked at before the bars are
     * @param answer gets the reply, on another thread or on this one
     */
    public void ask(Command.GetBars query, BooleanSupplier isAwaited, Consumer<Reply> answer) {
        int waiting = waitingByClient.merge(query.client(), 1, Integer::sum);
        try {
            if (waiting > MOST_WAITING_OF_A_CLIENT) {
                throw new RejectedExecutionException();
            }
            executor.execute(() -> {
                done(query.client());
                if (isAwaited.getAsBoolean()) {
                    answer.accept(reply(query));
                }
            });
        } catch (RejectedExecutionException e) {
            done(query.client());
            answer.accept(new Reply.Failed(
                    ErrorCode.UNAVAILABLE, "too many requests for bars wait for an answer; send the request again"));
        }
    }

    private void done(ClientId client) {
        waitingByClient.computeIfPresent(client, (unused, waiting) -> waiting == 1 ? null : waiting - 1);
    }

    @Override
    public void close() {
        // A service that has ended by itself may be closed by two threads at once.
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        executor.shutdownNow();
        try {
            if (executor.awaitTermination(5, TimeUnit.SECONDS)) {
                log.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(Command.GetBars query) {
        Optional<String> topicId = topics.get().find(query.symbol()).map(TickTopic::topicId);
        if (topicId.isEmpty()) {
            return new Reply.Failed(ErrorCode.UNKNOWN_SYMBOL, "the symbol " + query.symbol() + " has no topic");
        }
        try {
            List<BarInterval> built = log.intervals();
            return built.contains(query.interval())
                    ? page(find(query, topicId.get()))
                    : new Reply.Failed(
                            ErrorCode.BAD_REQUEST,
                            "there are no bars of " + query.interval() + ", only of "
                                    + built.stream().map(BarInterval::text).collect(Collectors.joining(", ")));
        } catch (TooMuchException e) {
            return new Reply.Failed(ErrorCode.LIMIT_EXCEEDED, e.getMessage());
        } catch (KafkaException | JacksonException e) {
            LOG.warn("Bars of {} could not be read: {}", query.symbol(), e.toString());
            return new Reply.Failed(
                    ErrorCode.UNAVAILABLE,
                    "the bars could not be read: Kafka did not answer in time, or holds something else; send the request again");
        }
    }

    private List<Bar> find(Command.GetBars query, String topicId) throws TooMuchException {
        Optional<Instant> from = query.from().or(() -> guess(query, 1));
        List<Bar> found =
                wanted(query, topicId, log.read(query.symbol(), query.interval(), from.map(BarQueries::written)));
        // Without a beginning the newest bars are wanted, however far they lie apart.
        for (int wider = WIDER;
                query.from().isEmpty() && from.isPresent() && found.size() < query.most();
                wider *= WIDER) {
            from = wider > WIDER * WIDER ? Optional.empty() : guess(query, wider);
            found = wanted(query, topicId, log.read(query.symbol(), query.interval(), from.map(BarQueries::written)));
        }
        return found.stream()
                .filter(bar -> query.after().map(bar.start()::isAfter).orElse(true))
                .toList();
    }

    /** Where so many bars before the newest one would begin, if each interval had one, or one in so many; empty if nothing is known. */
    private Optional<Instant> guess(Command.GetBars query, int apart) {
        Optional<Instant> newest =
                stats.get(query.symbol().name()).flatMap(figures -> Optional.ofNullable(figures.lastTimestamp()));
        Optional<Instant> end =
                query.to().isEmpty() || newest.filter(query.to().get()::isAfter).isPresent() ? newest : query.to();
        try {
            return end.map(time -> time.minus(query.interval().length().multipliedBy(query.most() * apart)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** No bar that begins then was written before. */
    private static Instant written(Instant start) {
        return start.minus(TickCodec.MAX_AHEAD).minus(Duration.ofMinutes(1));
    }

    /** Those of a topic that was deleted and made again are not those of the symbol any more. */
    private static List<Bar> wanted(Command.GetBars query, String topicId, List<Bar> all) {
        List<Bar> inRange = all.stream()
                .filter(bar -> bar.topicId().equals(topicId))
                .filter(bar ->
                        query.from().map(from -> !bar.start().isBefore(from)).orElse(true))
                .filter(bar -> query.to().map(bar.start()::isBefore).orElse(true))
                .toList();
        int skipped = (int) Math.max(0, inRange.size() - query.most());
        return inRange.subList(skipped, inRange.size());
    }

    private static Reply page(List<Bar> all) {
        List<Bar> page = new ArrayList<>();
        int bytes = ROOM_FOR_THE_REST;
        for (Bar bar : all) {
            bytes += Json.write(bar).length + 1;
            if (bytes > Reply.MAX_BYTES) {
                return new Reply.Bars(page, Optional.of(page.getLast().start()));
            }
            page.add(bar);
        }
        return new Reply.Bars(page, Optional.empty());
    }
}
