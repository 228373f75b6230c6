package io.tickhub.client.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Original;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final byte[] VALUE = {0, -1, 7};
    private static final byte[] KEY = {-128};

    @Test
    void everythingIsReadBack() {
        DeadLetter letter =
                StoredLetters.of(StoredLetters.original("test.ticks.AAPL", 0, KEY, VALUE, new RecordHeaders()));

        assertThat(letter.number()).isEqualTo(17 * 4 + 3);
        assertThat(letter.source())
                .isEqualTo(new Source.Stored("test.ticks.AAPL", 0, 5, StoredLetters.TIME.minusSeconds(1)))
                .hasToString("test.ticks.AAPL@5");
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.NOT_JSON);
        assertThat(letter.detail()).isEqualTo("no object");
        assertThat(letter.service()).isEqualTo("aggregator-1");
        assertThat(letter.time()).isEqualTo(StoredLetters.TIME);
        assertThat(letter.failures()).isEqualTo(1);
        assertThat(letter.original()).isEqualTo(Original.WHOLE);
        assertThat(letter.key()).hasValue(KEY);
        assertThat(letter.value()).hasValue(VALUE);
        assertThat(letter.originalHeaders()).isEmpty();
    }

    @Test
    void headersOfTheOriginalWithOurNamesDeceiveNobody() {
        RecordHeaders theirs = new RecordHeaders();
        List.of("topic", "offset", "reason", "time", "failures", "key", "row", "resolves", "original", "original")
                .forEach(name -> theirs.add(name, "theirs".getBytes(StandardCharsets.UTF_8)));

        DeadLetter letter = StoredLetters.of(StoredLetters.original("test.ticks.AAPL", 0, null, null, theirs));

        assertThat(letter.source().topic()).isEqualTo("test.ticks.AAPL");
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.NOT_JSON);
        assertThat(letter.failures()).isEqualTo(1);
        assertThat(letter.key()).as("the original had none").isEmpty();
        assertThat(letter.value()).isEmpty();
        assertThat(letter.originalHeaders()).containsExactly(theirs.toArray());
        assertThat(Resolved.isResolution(letter.stored())).isFalse();
    }

    @Test
    void aRowIsNamedByItsFile() {
        assertThat(StoredLetters.ofRow("trades.csv@7").source()).hasToString("trades.csv@7");
    }

    @Test
    void whatAnotherProgramWroteThereIsNoLetter() {
        RecordHeaders incomplete = new RecordHeaders();
        incomplete.add("reason", null);
        incomplete.add("original", "WHOLE".getBytes(StandardCharsets.UTF_8));

        assertThat(StoredLetters.read(StoredLetters.original("dead-letters", 0, KEY, VALUE, new RecordHeaders())))
                .isEmpty();
        assertThat(StoredLetters.read(StoredLetters.original("dead-letters", 0, KEY, VALUE, incomplete)))
                .isEmpty();
    }
}
