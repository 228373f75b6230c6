package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.DeadLetterQueueException;
import io.tickhub.client.deadletter.Selection;
import io.tickhub.client.deadletter.Source;
import io.tickhub.client.deadletter.Verdict;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.deadletter.DeadLetters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person does with dead letters. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class DeadLetterQueueIT {

    private static final Selection ALL = new Selection.All(any -> true);

    private Market market;
    private MarketDataClient alice;
    private DeadLetterQueue queue;

    @BeforeEach
    void openMarket() {
        market = Market.open();
        market.list("AAPL");
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
        alice = market.connect("alice");
        queue = market.own(DeadLetterQueue.connect(market.kafka()));
    }

    @AfterEach
    void closeMarket() {
        market.close();
    }

    @Test
    void aTickThatCameTooEarlyIsReplayedOnce() {
        Instant ripe = Instant.now().plusSeconds(2);
        byte[] value = futureTick(ripe.plus(TickCodec.MAX_AHEAD));
        ProducerRecord<byte[], byte[]> sent = market.wire().tickRecord("AAPL", value);
        sent.headers().add("trace", new byte[] {0, -1}).add(Headers.REASON, null);
        market.wire().write(sent);
        DeadLetter letter = awaitOpen(1).get(0);
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.FUTURE);
        Market.await("the tick's time has come near", () -> Instant.now().isAfter(ripe.plusMillis(200)));

        assertThat(verdicts(queue::tryReplay, ALL)).allMatch(Verdict.Done.class::isInstance);
        assertThat(open()).as("a dry run changes nothing").hasSize(1);
        assertThat(verdicts(queue::replay, numbers(letter.number()))).allMatch(Verdict.Done.class::isInstance);
        assertThat(open()).isEmpty();
        assertThat(verdicts(queue::replay, numbers(letter.number())))
                .as("once")
                .allMatch(Verdict.Refused.class::isInstance);

        PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.count() == 1, "the tick is counted");
        assertThat(stats.rejected()).isEqualTo(1);
        Recount.proves(market, stats);
        List<ConsumerRecord<byte[], byte[]>> ticks =
                TopicLog.of(market).read(market.wire().tickTopic("AAPL"));
        assertThat(ticks).hasSize(2).allSatisfy(tick -> {
            assertThat(tick.key()).isEqualTo(sent.key());
            assertThat(tick.value()).isEqualTo(value);
        });
        assertThat(ticks.get(1).headers().toArray())
                .startsWith(sent.headers().toArray())
                .extracting(Header::key)
                .containsExactly("trace", "reason", "failures");
        assertThat(queue.find(letter.number())).as("it is kept").isPresent();
    }

    @Test
    void aRecordThatFailsAgainAndAgainStays() {
        market.publishBroken("AAPL", "no tick");
        for (int failures = 1; failures < DeadLetterQueue.MOST_FAILURES; failures++) {
            assertThat(awaitOpen(1).get(0).failures()).isEqualTo(failures);
            assertThat(verdicts(queue::replay, ALL)).hasSize(1).allMatch(Verdict.Done.class::isInstance);
        }

        DeadLetter last = awaitOpen(1).get(0);
        assertThat(last.failures()).isEqualTo(DeadLetterQueue.MOST_FAILURES);
        assertThat(verdicts(queue::replay, ALL))
                .singleElement()
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.why())
                        .contains("3 times"));
        assertThat(market.wire().end("AAPL")).as("three records, two markers").isEqualTo(5);
        assertThat(verdicts(queue::drop, ALL)).hasSize(1).allMatch(Verdict.Done.class::isInstance);
        assertThat(open()).isEmpty();
    }

    @Test
    void aCommandGoesBackToItsPartitionAndARowDoesNot() {
        var sent = RawRequest.of(market, "raw", "no command").send();
        DeadLetter command = awaitOpen(1).get(0);
        var unused = market.wire()
                .write(new DeadLetters(market.topics(), "replay", InstantSource.system())
                        .ofRow(
                                market.wire().tickTopic("AAPL"),
                                "trades.csv@7",
                                new byte[] {1},
                                DeadLetterReason.MISSING_FIELD,
                                "time is empty"));
        var foreign = market.wire()
                .write(new ProducerRecord<>(market.topics().deadLetters().name(), new byte[] {1}, new byte[] {2}));
        assertThat(foreign.hasOffset()).isTrue();

        List<Verdict> verdicts = verdicts(queue::replay, ALL);

        assertThat(verdicts).hasSize(2);
        assertThat(verdicts.stream().filter(Verdict.Refused.class::isInstance))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(((Verdict.Refused) refused).why()).contains("trades.csv@7");
                });
        DeadLetter again = awaitOpen(2).stream()
                .filter(letter -> letter.reason() == DeadLetterReason.BAD_COMMAND)
                .findFirst()
                .orElseThrow();
        assertThat(again.failures()).isEqualTo(2);
        assertThat(again.source()).isInstanceOfSatisfying(Source.Stored.class, source -> {
            assertThat(source.partition()).isEqualTo(sent.partition());
            assertThat(source.offset()).isGreaterThan(((Source.Stored) command.source()).offset());
        });
        assertThat(again.key()).hasValue(RawRequest.utf8("raw"));
    }

    /** The first batch is the first operator's; then the other one comes, and does the rest alone. */
    @Test
    void ofTwoOperatorsOneGoesOn() {
        int letters = 250;
        for (int i = 0; i < letters; i++) {
            var unused = market.wire().send(market.wire().tickRecord("AAPL", RawRequest.utf8("broken " + i)));
        }
        awaitOpen(letters);
        List<Verdict> first = new ArrayList<>();
        List<Verdict> second = new ArrayList<>();
        Selection untried = new Selection.All(letter -> letter.failures() == 1);

        assertThatExceptionOfType(DeadLetterQueueException.class)
                .isThrownBy(() -> queue.replay(untried, verdict -> {
                    if (first.isEmpty()) {
                        try (DeadLetterQueue other = DeadLetterQueue.connect(market.kafka())) {
                            other.drop(untried, second::add);
                        }
                    }
                    first.add(verdict);
                }))
                .withMessageContaining("somebody else");

        assertThat(first).isNotEmpty().hasSizeLessThan(letters);
        assertThat(first.size() + second.size()).as("each letter once").isEqualTo(letters);
        assertThat(second)
                .extracting(Verdict::number)
                .doesNotContainAnyElementsOf(first.stream().map(Verdict::number).toList());
        PriceStats stats = market.awaitStats(
                alice,
                "AAPL",
                found -> found.rejected() == letters + first.size(),
                "what was replayed is rejected again");
        assertThat(stats.count()).isZero();
        assertThat(awaitOpen(first.size())).allMatch(letter -> letter.failures() == 2);
    }

    private byte[] futureTick(Instant time) {
        return RawRequest.utf8("{\"symbol\":\"AAPL\",\"price\":\"1\",\"volume\":\"1\",\"timestamp\":\"" + time + "\"}");
    }

    private interface Action {
        void on(Selection selection, Consumer<Verdict> told);
    }

    private static List<Verdict> verdicts(Action action, Selection selection) {
        List<Verdict> verdicts = new ArrayList<>();
        action.on(selection, verdicts::add);
        return verdicts;
    }

    private static Selection numbers(long... numbers) {
        return new Selection.Numbers(Set.copyOf(LongStream.of(numbers).boxed().toList()));
    }

    private List<DeadLetter> open() {
        List<DeadLetter> letters = new ArrayList<>();
        queue.list(any -> true, letters::add);
        return letters;
    }

    private List<DeadLetter> awaitOpen(int count) {
        List<DeadLetter> letters = new ArrayList<>();
        Market.await(count + " open dead letters", () -> {
            letters.clear();
            letters.addAll(open());
            return letters.size() == count;
        });
        return letters;
    }
}
