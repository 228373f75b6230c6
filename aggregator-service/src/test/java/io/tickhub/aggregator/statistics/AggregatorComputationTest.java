package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.aggregator.bar.BarSettings;
import io.tickhub.aggregator.statistics.AggregatorComputation.Pace;
import io.tickhub.aggregator.statistics.AggregatorComputation.Sources;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AggregatorComputationTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-20T14:30:00Z");
    private static final TopicPartition AAPL = new TopicPartition("ticks.AAPL", 0);
    private static final TopicPartition MSFT = new TopicPartition("ticks.MSFT", 0);

    private final Topics topics = new Topics("");
    private final Map<Symbol, String> topicIds = new HashMap<>(Map.of(symbol(AAPL), "id-1", symbol(MSFT), "id-2"));
    private final Map<Symbol, byte[]> saved = new HashMap<>();
    private final Recorder recorder = new Recorder();
    private long nanos;
    private AggregatorComputation computation = newComputation();

    @Test
    void ticksAreCountedFromTheBeginningAndPublishedWithStateAndOffset() {
        assertThat(computation.open(AAPL, OptionalLong.empty())).hasValue(0);
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), tick("AAPL", "20")), 2);
        FakeTransaction transaction = commit();

        PriceStats stats = stats(transaction, "AAPL");
        assertThat(stats.topicId()).isEqualTo("id-1");
        assertThat(stats.count()).isEqualTo(2);
        assertThat(stats.avgPrice()).hasToString("15");
        assertThat(stats.since()).isZero();
        assertThat(stats.asOf()).isEqualTo(2);
        assertThat(transaction.offsets()).isEqualTo(Map.of(AAPL, 2L));
        assertThat(recorder.ticks).isEqualTo(2);
    }

    @Test
    void onlyChangedSymbolsArePublishedAndOnlyOnceInAnInterval() {
        computation.open(AAPL, OptionalLong.empty());
        computation.open(MSFT, OptionalLong.empty());
        assertThat(computation.isDue()).isFalse();
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        assertThat(computation.isDue()).isFalse();
        nanos += Duration.ofMillis(99).toNanos();
        assertThat(computation.isDue()).isFalse();
        nanos += Duration.ofMillis(1).toNanos();
        assertThat(computation.isDue()).isTrue();

        FakeTransaction first = commit();
        assertThat(first.on("stats")).hasSize(1);
        assertThat(first.on("aggregator-state")).hasSize(1);
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(computation.isDue()).isFalse();
        assertThat(commit().offsets()).isEmpty();

        computation.process(MSFT, records(MSFT, 0, tick("MSFT", "10")), 1);
        assertThat(commit().offsets()).isEqualTo(Map.of(MSFT, 1L));
    }

    @Test
    void whatWasWrittenAndNotCommittedIsWrittenAgainWithWhatHasCome() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), "nonsense"), 2);
        commit();
        nanos += Duration.ofMillis(100).toNanos();
        computation.process(AAPL, records(AAPL, 2, tick("AAPL", "20"), "nonsense"), 4);
        FakeTransaction aborted = new FakeTransaction();
        computation.write(aborted);

        assertThat(computation.isRepeatable()).isTrue();
        assertThat(computation.isDue()).as("at once").isTrue();
        computation.process(AAPL, records(AAPL, 4, tick("AAPL", "30"), "nonsense"), 6);
        FakeTransaction repeated = commit();

        PriceStats stats = stats(repeated, "AAPL");
        assertThat(stats.count()).isEqualTo(3);
        assertThat(stats.rejected()).isEqualTo(3);
        assertThat(repeated.offsets()).isEqualTo(Map.of(AAPL, 6L));
        assertThat(repeated.on("dead-letters")).hasSize(2).containsAll(aborted.on("dead-letters"));
        assertThat(repeated.on("bars.1s")).hasSameSizeAs(aborted.on("bars.1s")).isNotEmpty();
        assertThat(recorder.ticks).isEqualTo(3);
        assertThat(recorder.rejected).isEqualTo(Map.of(DeadLetterReason.NOT_JSON, 3L));
    }

    @Test
    void theMoreSymbolsTheLessOftenItIsPolledAndNeverSeldom() {
        Duration alone = computation.betweenPolls();
        for (int i = 0; i < 2_000; i++) {
            Symbol symbol = new Symbol("SIM" + i);
            topicIds.put(symbol, "id");
            computation.open(new TopicPartition("ticks." + symbol, 0), OptionalLong.empty());
        }

        assertThat(computation.betweenPolls()).isGreaterThan(alone).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void aBrokenRecordBecomesADeadLetterWithItsBytesUntouched() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), "nonsense", tick("MSFT", "1")), 3);
        FakeTransaction transaction = commit();

        List<ProducerRecord<byte[], byte[]>> letters = transaction.on("dead-letters");
        assertThat(letters).hasSize(2);
        assertThat(text(letters.getFirst().key())).isEqualTo("ticks.AAPL");
        assertThat(text(letters.getFirst().value())).isEqualTo("nonsense");
        assertThat(header(letters.getFirst(), Headers.TOPIC)).isEqualTo("ticks.AAPL");
        assertThat(header(letters.getFirst(), Headers.PARTITION)).isEqualTo("0");
        assertThat(header(letters.getFirst(), Headers.OFFSET)).isEqualTo("1");
        assertThat(header(letters.getFirst(), Headers.TIMESTAMP)).isEqualTo("2026-11-20T14:30:00Z");
        assertThat(header(letters.getFirst(), Headers.REASON)).isEqualTo("NOT_JSON");
        assertThat(header(letters.getFirst(), Headers.DETAIL)).isNotBlank();
        assertThat(header(letters.getFirst(), Headers.SERVICE)).isEqualTo("aggregator-1");
        assertThat(header(letters.getFirst(), Headers.TIME)).isEqualTo("2026-11-20T14:30:01Z");
        assertThat(header(letters.getLast(), Headers.REASON)).isEqualTo("WRONG_SYMBOL");

        PriceStats stats = stats(transaction, "AAPL");
        assertThat(stats.count()).isEqualTo(1);
        assertThat(stats.rejected()).isEqualTo(2);
        assertThat(recorder.rejected)
                .isEqualTo(Map.of(DeadLetterReason.NOT_JSON, 1L, DeadLetterReason.WRONG_SYMBOL, 1L));
        computation.process(AAPL, records(AAPL, 3, tick("AAPL", "10")), 4);
        assertThat(commit().on("dead-letters")).isEmpty();
    }

    @Test
    void aTombstoneIsADeadLetterWithoutValue() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, (String) null), 1);
        FakeTransaction transaction = commit();

        assertThat(transaction.on("dead-letters").getFirst().value()).isNull();
        assertThat(header(transaction.on("dead-letters").getFirst(), Headers.REASON))
                .isEqualTo("EMPTY");
        assertThat(stats(transaction, "AAPL").rejected()).isEqualTo(1);
    }

    @Test
    void manyDeadLettersDoNotWaitForTheInterval() {
        computation.open(AAPL, OptionalLong.empty());
        String[] large = new String[5];
        Arrays.fill(large, "x".repeat(1_000_000));
        computation.process(AAPL, records(AAPL, 0, large[0]), 1);
        assertThat(computation.isDue()).isFalse();
        computation.process(AAPL, records(AAPL, 1, large), 6);
        assertThat(computation.isDue()).isTrue();
    }

    @Test
    void offsetsWithoutARecordAreSkippedAlsoBehindTheLastRecord() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 3, tick("AAPL", "10")), 6);
        FakeTransaction transaction = commit();
        assertThat(stats(transaction, "AAPL").skipped()).isEqualTo(5);
        assertThat(stats(transaction, "AAPL").asOf()).isEqualTo(6);

        computation.process(AAPL, List.of(), 8);
        assertThat(commit().offsets()).isEqualTo(Map.of(AAPL, 8L));
    }

    @Test
    void anOldPositionIsNoStepBack() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), tick("AAPL", "11")), 0);
        computation.process(AAPL, List.of(), 0);

        assertThat(commit().offsets()).isEqualTo(Map.of(AAPL, 2L));
    }

    @Test
    void aSuccessorGoesOnExactlyWhereTheFormerOwnerStopped() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), "nonsense"), 2);
        save(commit());

        computation = newComputation();
        assertThat(computation.open(AAPL, OptionalLong.of(2))).hasValue(2);
        assertThat(recorder.opened.getLast().count()).isEqualTo(1);
        computation.process(AAPL, records(AAPL, 2, tick("AAPL", "30")), 3);
        PriceStats stats = stats(commit(), "AAPL");
        assertThat(stats.count()).isEqualTo(2);
        assertThat(stats.rejected()).isEqualTo(1);
        assertThat(stats.avgPrice()).hasToString("20");
        assertThat(recorder.ticks).isEqualTo(2);
    }

    @Test
    void whatWasNotCommittedIsForgottenWhenATransactionIsAborted() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        save(commit());
        computation.process(AAPL, records(AAPL, 1, tick("AAPL", "20"), "nonsense"), 3);
        computation.write(new FakeTransaction());
        computation.close(AAPL);
        computation.aborted(Map.of("stats", new TimeoutException()));

        assertThat(computation.isDue()).isFalse();
        assertThat(computation.open(AAPL, OptionalLong.of(1))).hasValue(1);
        computation.process(AAPL, records(AAPL, 1, tick("AAPL", "20"), "nonsense"), 3);
        FakeTransaction again = commit();
        assertThat(again.on("dead-letters")).hasSize(1);
        assertThat(stats(again, "AAPL").count()).isEqualTo(2);
        assertThat(recorder.ticks).isEqualTo(2);
        assertThat(recorder.rejected).isEqualTo(Map.of(DeadLetterReason.NOT_JSON, 1L));
    }

    @Test
    void aStateThatContradictsTheCommittedOffsetIsAFault() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        save(commit());

        assertThatThrownBy(() -> newComputation().open(AAPL, OptionalLong.of(7)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AAPL end before offset 1, but offset 7 is committed");
        assertThatThrownBy(() -> newComputation().open(MSFT, OptionalLong.of(7)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("offset 7 is committed for MSFT, but aggregator-state has no record");
    }

    @Test
    void anOffsetThatFellBackIsNotCountedAgain() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), tick("AAPL", "11")), 2);
        save(commit());

        assertThat(newComputation().open(AAPL, OptionalLong.of(1))).hasValue(2);
    }

    @Test
    void withoutACommittedOffsetTheStateIsTrusted() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        save(commit());

        assertThat(newComputation().open(AAPL, OptionalLong.empty())).hasValue(1);
    }

    @Test
    void aStateOfANewerVersionIsAFault() {
        saved.put(symbol(AAPL), bytes("{\"version\":4}"));

        assertThatThrownBy(() -> computation.open(AAPL, OptionalLong.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 4");
    }

    @Test
    void aTopicThatWasMadeAgainStartsAfreshAndReplacesThePublishedStatistics() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        save(commit());
        topicIds.put(symbol(AAPL), "id-9");

        computation = newComputation();
        assertThat(computation.open(AAPL, OptionalLong.of(1))).hasValue(0);
        PriceStats stats = stats(commit(), "AAPL");
        assertThat(stats.topicId()).isEqualTo("id-9");
        assertThat(stats.count()).isZero();
        assertThat(stats.asOf()).isZero();
    }

    @Test
    void whatRetentionDeletedBeforeItWasReadIsMissed() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        computation.missed(AAPL, 1, 5);
        computation.process(AAPL, records(AAPL, 5, tick("AAPL", "20")), 6);

        PriceStats stats = stats(commit(), "AAPL");
        assertThat(stats.missed()).isEqualTo(4);
        assertThat(stats.count()).isEqualTo(2);
        assertThat(stats.asOf()).isEqualTo(6);
        assertThat(recorder.missed).isEqualTo(4);
    }

    @Test
    void aLogThatBeginsLaterIsCoveredFromItsBeginning() {
        computation.open(AAPL, OptionalLong.empty());
        computation.missed(AAPL, 0, 40);
        computation.process(AAPL, records(AAPL, 40, tick("AAPL", "20")), 41);

        PriceStats stats = stats(commit(), "AAPL");
        assertThat(stats.since()).isEqualTo(40);
        assertThat(stats.missed()).isZero();
        assertThat(stats.asOf()).isEqualTo(41);
        assertThat(recorder.missed).isZero();
    }

    @Test
    void theBarsThatChangedArePublishedWithTheStatistics() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), tick("AAPL", "12")), 2);
        FakeTransaction transaction = commit();

        Bar bar = bar(transaction, "1m", "2026-11-20T14:29:00Z");
        assertThat(bar.state()).isEqualTo(Bar.State.OPEN);
        assertThat(bar.vwap()).hasToString("11");
        assertThat(bar.asOf()).isEqualTo(2);
        assertThat(transaction.on("bars.1s").getFirst().partition()).isEqualTo(Topics.barPartition(symbol(AAPL)));
        computation.process(AAPL, records(AAPL, 2, "nonsense"), 3);
        assertThat(commit().on("bars.1m")).as("nothing new").isEmpty();
    }

    @Test
    void theBarsOfAQuietSymbolAreClosedWithoutATick() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        commit();
        nanos += Duration.ofMillis(4_999).toNanos();
        assertThat(computation.isDue()).isFalse();
        nanos += Duration.ofMillis(200).toNanos();
        assertThat(computation.isDue()).isTrue();

        FakeTransaction transaction = commit();
        assertThat(transaction.offsets()).isEqualTo(Map.of(AAPL, 1L));
        assertThat(bar(transaction, "1s", "2026-11-20T14:29:59Z").state()).isEqualTo(Bar.State.PROVISIONAL);
        assertThat(bar(transaction, "1m", "2026-11-20T14:29:00Z").state()).isEqualTo(Bar.State.PROVISIONAL);
        assertThat(transaction.on("bars.1h")).isEmpty();
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(computation.isDue()).isFalse();
    }

    @Test
    void aSuccessorGoesOnWithTheBarsOfTheFormerOwner() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        save(commit());
        computation = newComputation();
        computation.open(AAPL, OptionalLong.of(1));
        computation.process(AAPL, records(AAPL, 1, tick("AAPL", "20")), 2);

        assertThat(bar(commit(), "1d", "2026-11-20T00:00:00Z").count()).isEqualTo(2);
    }

    @Test
    void aTickThatNoBarCanTakeIsADeadLetter() {
        computation.open(AAPL, OptionalLong.empty());
        String old = tick("AAPL", "10").replace("2026-11-20", "2026-11-18");
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), old), 2);
        FakeTransaction transaction = commit();

        assertThat(header(transaction.on("dead-letters").getFirst(), Headers.REASON))
                .isEqualTo("TOO_LATE");
        assertThat(stats(transaction, "AAPL").count()).isEqualTo(1);
        assertThat(stats(transaction, "AAPL").rejected()).isEqualTo(1);
    }

    @Test
    void lateTicksAreCounted() {
        computation.open(AAPL, OptionalLong.empty());
        String late = tick("AAPL", "10").replace("14:29:59", "14:29:50");
        String later = tick("AAPL", "10").replace("14:29:59", "14:20:59");
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10"), late, later), 3);
        PriceStats stats = stats(commit(), "AAPL");

        assertThat(stats.late()).isEqualTo(2);
        assertThat(stats.outside()).isEqualTo(Map.of("1s", 1L, "1m", 1L));
        assertThat(recorder.late).isEqualTo(2);
        assertThat(recorder.outside).isEqualTo(2);
    }

    @Test
    void aSessionEndsWithTheFirstTickBehindItsReset() {
        computation.open(AAPL, OptionalLong.empty());
        String late = tick("AAPL", "11").replace("14:29:59", "14:29:50");
        String next = tick("AAPL", "20").replace("14:29:59", "14:30:00");
        computation.process(AAPL, records(AAPL, 0, tick("AAPL", "10")), 1);
        commit();
        computation.process(AAPL, records(AAPL, 1, late, "nonsense", next, late), 5);
        FakeTransaction transaction = commit();

        PriceStats closed = Json.read(transaction.last("sessions", "AAPL").orElseThrow(), PriceStats.class);
        assertThat(closed.since()).isZero();
        assertThat(closed.asOf()).isEqualTo(3);
        assertThat(closed.count()).isEqualTo(2);
        assertThat(closed.rejected()).isEqualTo(1);
        assertThat(closed.late()).isEqualTo(1);
        PriceStats stats = stats(transaction, "AAPL");
        assertThat(stats.since()).isEqualTo(3);
        assertThat(stats.count()).as("late for the session before").isEqualTo(2);
        assertThat(stats.late()).isEqualTo(1);
        assertThat(stats.lastPrice()).hasToString("20");
        assertThat(recorder.ticks).isEqualTo(4);
        assertThat(recorder.late).isEqualTo(2);
        save(transaction);
        computation = newComputation();
        computation.open(AAPL, OptionalLong.of(5));
        computation.process(AAPL, records(AAPL, 5, next), 6);
        transaction = commit();
        assertThat(stats(transaction, "AAPL").since()).isEqualTo(3);
        assertThat(transaction.on("sessions")).isEmpty();
    }

    @Test
    void idsThatDoNotFollowAreCountedOnceByKindAlsoOverASession() {
        computation.open(AAPL, OptionalLong.empty());
        computation.process(AAPL, records(AAPL, 0, id(1, "14:29:57"), id(5, "14:29:58"), id(5, "14:29:58")), 3);
        commit();
        computation.process(AAPL, records(AAPL, 3, id(4, "14:29:59"), id(9, "14:30:00"), id(8, "14:30:01")), 6);
        commit();
        computation.process(AAPL, records(AAPL, 6, id(8, "14:30:02")), 7);
        commit();

        assertThat(recorder.idBreaks)
                .as("no first tick of a session has one before it")
                .isEqualTo(Map.of(IdBreak.GAP, 1L, IdBreak.REPEAT, 2L, IdBreak.BACKWARD, 2L));
    }

    // ---- vocabulary

    private AggregatorComputation newComputation() {
        return new AggregatorComputation(
                topics,
                new Sources(
                        symbol -> Optional.ofNullable(topicIds.get(symbol)),
                        symbol -> Optional.ofNullable(saved.get(symbol))),
                new DeadLetters(topics, "aggregator-1", InstantSource.fixed(ARRIVAL.plusSeconds(1))),
                recorder,
                new BarSettings(BarInterval.USUAL, Duration.ofSeconds(5), Duration.ofSeconds(20)),
                Sessions.parse("14:30"),
                new Pace(Duration.ofMillis(100), () -> nanos, () -> ARRIVAL.plusNanos(nanos)));
    }

    /** Writes and commits what is due, and checks that each published record accounts for every offset. */
    private FakeTransaction commit() {
        FakeTransaction transaction = new FakeTransaction();
        computation.write(transaction);
        computation.committed();
        for (ProducerRecord<byte[], byte[]> record : transaction.on("stats")) {
            PriceStats stats = Json.read(record.value(), PriceStats.class);
            assertThat(stats.count() + stats.rejected() + stats.missed() + stats.skipped())
                    .isEqualTo(stats.asOf() - stats.since());
            TopicPartition partition = new TopicPartition("ticks." + stats.symbol(), 0);
            assertThat(transaction.offsets()).containsEntry(partition, stats.asOf());
        }
        return transaction;
    }

    private void save(FakeTransaction transaction) {
        for (ProducerRecord<byte[], byte[]> record : transaction.on("aggregator-state")) {
            saved.put(new Symbol(text(record.key())), record.value());
        }
    }

    private static PriceStats stats(FakeTransaction transaction, String symbol) {
        return Json.read(transaction.last("stats", symbol).orElseThrow(), PriceStats.class);
    }

    private static Bar bar(FakeTransaction transaction, String interval, String start) {
        return Json.read(transaction.last("bars." + interval, "AAPL/" + start).orElseThrow(), Bar.class);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            TopicPartition partition, long offset, String... values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            byte[] bytes = value == null ? null : bytes(value);
            records.add(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset + records.size(),
                    ARRIVAL.toEpochMilli(),
                    TimestampType.LOG_APPEND_TIME,
                    0,
                    bytes == null ? -1 : bytes.length,
                    null,
                    bytes,
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return records;
    }

    private static String tick(String symbol, String price) {
        return "{\"symbol\":\"" + symbol + "\",\"price\":\"" + price
                + "\",\"volume\":\"1\",\"timestamp\":\"2026-11-20T14:29:59Z\"}";
    }

    private static String id(long id, String time) {
        return tick("AAPL", "10").replace("14:29:59", time).replace("}", ",\"source\":\"sim\",\"id\":\"" + id + "\"}");
    }

    private static Symbol symbol(TopicPartition partition) {
        return new Symbol(partition.topic().substring("ticks.".length()));
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Recorder implements StatisticsListener {

        private final List<PriceStats> opened = new ArrayList<>();
        private final Map<DeadLetterReason, Long> rejected = new HashMap<>();
        private final Map<IdBreak, Long> idBreaks = new HashMap<>();
        private long ticks;
        private long missed;
        private long late;
        private long outside;

        @Override
        public void opened(PriceStats stats) {
            opened.add(stats);
        }

        @Override
        public void published(Publication publication) {
            ticks += publication.ticks();
            missed += publication.missed();
            late += publication.late();
            publication.outside().values().forEach(count -> outside += count);
            publication.idBreaks().forEach((kind, count) -> idBreaks.merge(kind, count, Long::sum));
            publication.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        }

        @Override
        public void released(Symbol symbol) {
            opened.removeIf(stats -> stats.symbol().equals(symbol));
        }
    }
}
