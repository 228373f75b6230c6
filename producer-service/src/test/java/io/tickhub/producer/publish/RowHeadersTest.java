package io.tickhub.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Headers;
import io.tickhub.producer.source.RowAddress;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowHeadersTest {

    /** One for all: what it keeps of one file must not come into the header of another. */
    private static final RowHeaders HEADERS = new RowHeaders();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv@1",
                "a.csv@9",
                "a.csv@10",
                "b.csv@10",
                "a.csv@99",
                "a.csv@100",
                "tag@noon.csv@9223372036854775807",
                "prix€.csv@2048"
            })
    void theyNameRowsAsAddressesDo(String address) {
        Header header = HEADERS.of(RowAddress.parse(address).orElseThrow());
        assertThat(header.key()).isEqualTo(Headers.ROW);
        assertThat(new String(header.value(), StandardCharsets.UTF_8)).isEqualTo(address);
    }
}
