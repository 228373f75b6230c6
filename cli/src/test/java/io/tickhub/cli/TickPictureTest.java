package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TickPictureTest {

    private final TickPicture picture = new TickPicture();

    @Test
    void theTableKeepsItsPlaceAndTheNewestComeFirstBelowIt() {
        picture.head("HEAD");
        add("MSFT", "m1");
        add("AAPL", "a1");
        add("MSFT", "m2");
        picture.say("no hub");

        assertThat(picture.lines(24)).containsExactly("HEAD", "a1", "m2", "", "m2", "a1", "m1", "no hub");
        assertThat(picture.lines(6)).containsExactly("HEAD", "a1", "m2", "", "m2", "no hub");
    }

    @Test
    void itIsNeverHigherThanTheTerminal() {
        picture.head("HEAD");
        IntStream.range(0, 300).forEach(number -> add("S" + (1_000 + number), "t" + number));

        assertThat(picture.lines(10)).hasSize(10).contains("t0", "t6", "and 293 more");
        assertThat(picture.lines(1_000)).hasSizeLessThan(600);
        assertThat(picture.lines(3)).containsExactly("HEAD", "and 300 more", "");
    }

    private void add(String symbol, String line) {
        picture.add(new Symbol(symbol), line);
    }
}
