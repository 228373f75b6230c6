package io.tickhub.hub.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TraceParentTest {

    private static final byte[] TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".getBytes(ISO_8859_1);

    @Test
    void itsBytesAreCarriedOn() {
        assertThat(TraceParent.of(headers(TRACE)))
                .hasValueSatisfying(header -> assertThat(header.value()).isEqualTo(TRACE))
                .map(Header::key)
                .hasValue("traceparent");
    }

    @Test
    void bytesThatMeanNothingAreNotJudged() {
        byte[] strange = {0, -1, '\n'};

        assertThat(TraceParent.of(headers(strange))).map(Header::value).hasValue(strange);
    }

    @Test
    void theLastOfSeveralCounts() {
        assertThat(TraceParent.of(headers(new byte[] {1}).add("traceparent", TRACE)))
                .map(Header::value)
                .hasValue(TRACE);
    }

    @Test
    void whatIsAbsentEmptyOfValueOrTooLongIsLeftOut() {
        assertThat(List.of(new RecordHeaders(), headers(null), headers(new byte[56])))
                .allSatisfy(headers -> assertThat(TraceParent.of(headers)).isEmpty());
    }

    private static Headers headers(byte[] value) {
        return new RecordHeaders().add("traceparent", value);
    }
}
