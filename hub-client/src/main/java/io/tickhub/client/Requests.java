package io.tickhub.client;

import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends commands and waits for their replies. Thread safe. It owns nothing: the client closes the producer and the pending
 * requests.
 */
final class Requests {

    /** Between two attempts of a request that the hub could not carry out for the moment. */
    private static final long RETRY_MILLIS = 100;

    /**
     * For how long a request waits for a hub that is silent: after a broker was away, ticks can flow before the hub's next record is
     * read, for which hub and client connect once more.
     */
    private static final long HEARD_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

    private static final int SYMBOLS_NAMED = 5;

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Route route;
    private final PendingRequests pending;
    private final HubPresence presence;
    private final LongSupplier nanoClock;

    /** @param route where the {@link ReplyReader} of these pending requests reads, and what belongs to it */
    Requests(
            Producer<byte[], byte[]> producer,
            Topics topics,
            Route route,
            PendingRequests pending,
            HubPresence presence,
            LongSupplier nanoClock) {
        this.producer = producer;
        this.topics = topics;
        this.route = route;
        this.pending = pending;
        this.presence = presence;
        this.nanoClock = nanoClock;
    }

    /**
     * Sends a command and waits for its reply. All attempts of one request have one correlation id, by which the hub knows a change
     * that it has made already.
     *
     * @throws RequestException if there is no such reply in time
     * @throws InterruptException if the thread is interrupted; its flag stays set
     */
    <R extends Reply> R send(Command command, Class<R> type, Duration timeout) {
        String correlationId = UUID.randomUUID().toString();
        String request = describe(command);
        long begun = nanoClock.getAsLong();
        long deadline = begun + timeout.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - nanoClock.getAsLong()));
            Outcome outcome = attempt(command, correlationId, request, left);
            long now = nanoClock.getAsLong();
            if (isWorthAnother(outcome, now - begun)
                    && deadline - now > TimeUnit.MILLISECONDS.toNanos(2 * RETRY_MILLIS)) {
                pause();
            } else {
                return result(outcome, type, request, timeout);
            }
        }
    }

    private boolean isWorthAnother(Outcome outcome, long waitedNanos) {
        return switch (outcome) {
            case Outcome.Replied replied ->
                replied.reply() instanceof Reply.Failed failed && failed.code() == ErrorCode.UNAVAILABLE;
            case Outcome.NoHub noHub -> presence.isHubSilent() && waitedNanos < HEARD_AGAIN_NANOS;
            case Outcome.TimedOut timedOut -> false;
            case Outcome.Broken broken -> false;
            case Outcome.Closed closed -> false;
        };
    }

    private Outcome attempt(Command command, String correlationId, String request, Duration timeout) {
        if (!presence.isHubThere()) {
            return new Outcome.NoHub(presence.absence());
        }
        CompletableFuture<Outcome> outcome = pending.add(correlationId, request, timeout, nanoClock.getAsLong());
        try {
            if (!outcome.isDone()) {
                post(record(command, correlationId, timeout), correlationId, request);
            }
            // The reader ends the wait at the deadline; the second more is for a reader that has died.
            return outcome.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (TimeoutException e) {
            return new Outcome.TimedOut();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is never a failure", e);
        } finally {
            pending.complete(correlationId, new Outcome.TimedOut());
        }
    }

    private void post(ProducerRecord<byte[], byte[]> command, String correlationId, String request) {
        try {
            Future<?> unused = producer.send(command, (metadata, failure) -> {
                if (failure != null) {
                    pending.complete(correlationId, notSent(request, failure));
                }
            });
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            pending.complete(correlationId, notSent(request, e));
        }
    }

    private static Outcome notSent(String request, Exception failure) {
        return new Outcome.Broken(request + " could not be sent to Kafka", failure);
    }

    private ProducerRecord<byte[], byte[]> record(Command command, String correlationId, Duration timeout) {
        String topic =
                switch (command) {
                    case Command.Shutdown shutdown -> topics.adminCommands().name();
                    case Command.Subscribe subscribe -> route.commands();
                    case Command.Unsubscribe unsubscribe -> route.commands();
                    case Command.Renew renew -> route.commands();
                    case Command.GetStats getStats -> route.commands();
                    case Command.GetBars getBars -> route.commands();
                    case Command.ListSymbols listSymbols -> route.commands();
                    case Command.ListSubscriptions listSubscriptions -> route.commands();
                    case Command.Ping ping -> route.commands();
                };
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, utf8(command.client().name()), Json.write(command));
        record.headers()
                .add(Headers.CORRELATION_ID, utf8(correlationId))
                .add(Headers.REPLY_TOPIC, utf8(route.replies().topic()))
                .add(
                        Headers.REPLY_PARTITION,
                        utf8(Integer.toString(route.replies().partition())))
                .add(Headers.TIME_TO_LIVE, utf8(Long.toString(timeout.toMillis())));
        return record;
    }

    private static <R extends Reply> R result(Outcome outcome, Class<R> type, String request, Duration timeout) {
        return switch (outcome) {
            case Outcome.Replied replied -> result(replied.reply(), type, request);
            case Outcome.TimedOut timedOut -> throw new RequestTimeoutException(request, timeout);
            case Outcome.NoHub noHub -> throw new NoHubException(noHub.detail());
            case Outcome.Broken broken -> throw explained(broken);
            case Outcome.Closed closed -> throw new ClientClosedException(request);
        };
    }

    private static RequestException explained(Outcome.Broken broken) {
        String message = broken.detail() + ": " + broken.cause().getMessage();
        return broken.cause() instanceof AuthorizationException
                ? new NotAllowedException(message, broken.cause())
                : new BrokerException(message, broken.cause());
    }

    private static <R extends Reply> R result(Reply reply, Class<R> type, String request) {
        if (reply instanceof Reply.Failed failed) {
            throw new HubErrorException(failed.code(), failed.message());
        }
        if (!type.isInstance(reply)) {
            throw new HubErrorException(
                    ErrorCode.UNKNOWN_COMMAND,
                    "the hub answered " + request + " with " + reply.getClass().getSimpleName()
                            + "; hub and client may be of different versions");
        }
        return type.cast(reply);
    }

    /** The request in error messages, such as {@code SUBSCRIBE AAPL, BTC-USD}. */
    private static String describe(Command command) {
        return switch (command) {
            case Command.Subscribe subscribe -> "SUBSCRIBE " + named(subscribe.symbols());
            case Command.Unsubscribe unsubscribe -> "UNSUBSCRIBE " + named(unsubscribe.symbols());
            case Command.Renew renew -> "RENEW";
            case Command.GetStats getStats -> ("GET_STATS " + named(getStats.symbols())).strip();
            case Command.GetBars getBars -> "GET_BARS " + getBars.symbol() + " " + getBars.interval();
            case Command.ListSymbols listSymbols -> "LIST_SYMBOLS";
            case Command.ListSubscriptions listSubscriptions -> "LIST_SUBSCRIPTIONS";
            case Command.Ping ping -> "PING";
            case Command.Shutdown shutdown -> "SHUTDOWN";
        };
    }

    private static String named(List<Symbol> symbols) {
        String first = symbols.stream().limit(SYMBOLS_NAMED).map(Symbol::name).collect(Collectors.joining(", "));
        return symbols.size() <= SYMBOLS_NAMED ? first : first + " and " + (symbols.size() - SYMBOLS_NAMED) + " more";
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
