package io.tickhub.hub.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.BarInterval;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.TableReader;
import io.tickhub.runtime.topic.TickTopics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose turn it is; what is read is seen over a real broker. */
@Timeout(20)
class BarQueriesTest {

    private static final KafkaConfig NO_KAFKA = new KafkaConfig("localhost:1", new Topics(""), Map.of());

    private final BarQueries bars = new BarQueries(
            NO_KAFKA,
            "bars",
            new TableReader(NO_KAFKA, "never-started", failure -> {}).table(new Topics("").stats(), PriceStats.class),
            () -> new TickTopics(0, new TreeMap<>()));
    private final CountDownLatch turn = new CountDownLatch(1);

    @AfterEach
    void close() {
        bars.close();
    }

    @Test
    void whatNobodyWaitsForAnyLongerIsNotLookedUp() {
        List<Reply> late = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Reply> next = new CompletableFuture<>();

        bars.ask(of("alice"), () -> false, late::add);
        bars.ask(of("alice"), () -> true, next::complete);

        assertThat(code(next.join())).isEqualTo(ErrorCode.UNKNOWN_SYMBOL);
        assertThat(late).isEmpty();
    }

    @Test
    void aClientDoesNotTakeAllPlacesThatWait() {
        List<CompletableFuture<Reply>> greedy = new ArrayList<>();
        bars.ask(of("first"), this::isItsTurn, unused -> {});
        for (int i = 0; i < 12; i++) {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            bars.ask(of("greedy"), () -> true, reply::complete);
            greedy.add(reply);
        }
        CompletableFuture<Reply> other = new CompletableFuture<>();
        bars.ask(of("other"), () -> true, other::complete);
        assertThat(greedy.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                .hasSize(2)
                .allSatisfy(reply -> assertThat(code(reply)).isEqualTo(ErrorCode.UNAVAILABLE));
        turn.countDown();

        assertThat(code(other.join())).isEqualTo(ErrorCode.UNKNOWN_SYMBOL);
        assertThat(greedy.subList(0, 10).stream().map(CompletableFuture::join))
                .allSatisfy(reply -> assertThat(code(reply)).isEqualTo(ErrorCode.UNKNOWN_SYMBOL));
        CompletableFuture<Reply> again = new CompletableFuture<>();
        bars.ask(of("greedy"), () -> true, again::complete);
        assertThat(code(again.join())).isEqualTo(ErrorCode.UNKNOWN_SYMBOL);
    }

    private boolean isItsTurn() {
        try {
            turn.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ErrorCode code(Reply reply) {
        return ((Reply.Failed) reply).code();
    }

    private static Command.GetBars of(String client) {
        return new Command.GetBars(
                new ClientId(client),
                new Symbol("AAPL"),
                BarInterval.parse("1s"),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }
}
