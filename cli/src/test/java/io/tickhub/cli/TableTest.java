package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsTextToTheLeftAndNumbersToTheRight() {
        Table table = new Table().text("SYMBOL").numbers("TICKS", "LAST").text("FEED");
        table.row("AAPL", "7", "187.25", "a");
        table.row("BTC-USD", "123456", "9", "");

        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));

        assertThat(text.toString().lines())
                .containsExactly(
                        "SYMBOL    TICKS    LAST  FEED", //
                        "AAPL          7  187.25  a",
                        "BTC-USD  123456       9");
    }

    @Test
    void refusesARowOfAnotherLength() {
        Table table = new Table().text("SYMBOL");

        assertThatThrownBy(() -> table.row("AAPL", "7")).isInstanceOf(IllegalArgumentException.class);
    }
}
