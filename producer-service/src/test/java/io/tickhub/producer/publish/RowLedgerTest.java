package io.tickhub.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.producer.source.RowAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RowLedgerTest {

    private static final List<String> FILES = List.of("a.csv", "b.csv");
    private static final List<String> KEYS = List.of("AAPL", "MSFT", "BTC-USD", "dead");

    /** A row of a file and the key under which it is published; the topic follows from the key here. */
    private record Row(RowAddress address, String key) {}

    @Test
    void oneSymbolsLaterRowsSayNothingOfAnothers() {
        RowLedger ledger = new RowLedger(Set.of("a.csv"));
        ledger.stored(new RowAddress("a.csv", 7), "ticks.AAPL", "AAPL");
        assertThat(ledger.contains(new RowAddress("a.csv", 7), "ticks.AAPL", "AAPL"))
                .isTrue();
        assertThat(ledger.contains(new RowAddress("a.csv", 5), "ticks.AAPL", "AAPL"))
                .isTrue();
        assertThat(ledger.contains(new RowAddress("a.csv", 8), "ticks.AAPL", "AAPL"))
                .isFalse();
        assertThat(ledger.contains(new RowAddress("a.csv", 5), "ticks.MSFT", "MSFT"))
                .isFalse();
        assertThat(ledger.contains(new RowAddress("a.csv", 5), "dead-letters", "ticks.AAPL"))
                .isFalse();
        assertThat(ledger.contains(new RowAddress("b.csv", 5), "ticks.AAPL", "AAPL"))
                .isFalse();
    }

    @Test
    void theHighestRowCountsWhereAFileWasReplayedTwice() {
        RowLedger ledger = new RowLedger(Set.of("a.csv"));
        ledger.stored(new RowAddress("a.csv", 900), "ticks.AAPL", "AAPL");
        ledger.stored(new RowAddress("a.csv", 3), "ticks.AAPL", "AAPL");
        assertThat(ledger.contains(new RowAddress("a.csv", 900), "ticks.AAPL", "AAPL"))
                .isTrue();
    }

    @Test
    void otherFilesAreNotRemembered() {
        RowLedger ledger = new RowLedger(Set.of("a.csv"));
        ledger.stored(new RowAddress("other.csv", 7), "ticks.AAPL", "AAPL");
        assertThat(ledger.contains(new RowAddress("other.csv", 7), "ticks.AAPL", "AAPL"))
                .isFalse();
    }

    /** Kafka may have stored another share of each key when the process died, again and again. */
    @RepeatedTest(200)
    void nothingIsLostAndNothingDoubledHoweverOftenItDies(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Row> rows = rows(random);
        List<Row> stored = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            RowLedger ledger = new RowLedger(Set.copyOf(FILES));
            stored.forEach(row -> ledger.stored(row.address(), topic(row), row.key()));
            List<Row> published = rows.stream()
                    .filter(row -> !ledger.contains(row.address(), topic(row), row.key()))
                    .toList();
            stored.addAll(run == 3 ? published : beginningsOf(published, random));
        }
        assertThat(stored).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static List<Row> beginningsOf(List<Row> published, Random random) {
        Map<String, Integer> shares = new HashMap<>();
        KEYS.forEach(key -> shares.put(key, random.nextInt(60)));
        Map<String, Integer> taken = new HashMap<>();
        return published.stream()
                .filter(row -> taken.merge(row.key(), 1, Integer::sum) <= shares.get(row.key()))
                .toList();
    }

    /** Two files of rows, merged in some way that keeps each file's order. */
    private static List<Row> rows(Random random) {
        Map<String, Long> lines = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            String file = FILES.get(random.nextInt(FILES.size()));
            long line = lines.merge(file, 1L + random.nextInt(3), Long::sum);
            rows.add(new Row(new RowAddress(file, line), KEYS.get(random.nextInt(KEYS.size()))));
        }
        return rows;
    }

    private static String topic(Row row) {
        return "topic-of-" + row.key();
    }
}
