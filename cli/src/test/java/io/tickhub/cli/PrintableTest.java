package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @Test
    void textIsShownAsItIs() {
        String text = "{\"symbol\":\"ÄÖ€🙂\"}\n\tnext";

        assertThat(Printable.text(text.getBytes(StandardCharsets.UTF_8))).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "a\rb", "\u0000", "\u202e", "\u0085", "\u2028"})
    void whatDrivesATerminalIsNotText(String text) {
        assertThat(Printable.text(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(Printable.line(text)).matches("[a-z0-9\\[\\\\J]+").contains("\\u");
    }

    @Test
    void otherBytesAreShownInHexadecimal() {
        byte[] bytes = new byte[18];
        bytes[0] = -1;
        bytes[1] = 'A';
        StringWriter shown = new StringWriter();

        assertThat(Printable.text(bytes)).isEmpty();
        Printable.printHex(new PrintWriter(shown), bytes);
        assertThat(shown.toString().lines())
                .containsExactly(
                        "00000000  ff 41 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |.A..............|",
                        "00000010  00 00                                             |..|");
    }
}
