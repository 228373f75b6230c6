package io.tickhub.producer.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowAddressTest {

    @Test
    void isReadAsItIsWritten() {
        RowAddress address = new RowAddress("day@home.csv.gz", 120_031);
        assertThat(address).hasToString("day@home.csv.gz@120031");
        assertThat(RowAddress.parse(address.toString())).contains(address);
    }

    @Test
    void anotherFormIsNone() {
        assertThat(RowAddress.parse("day.csv")).isEmpty();
        assertThat(RowAddress.parse("@7")).isEmpty();
        assertThat(RowAddress.parse("day.csv@")).isEmpty();
        assertThat(RowAddress.parse("day.csv@0")).isEmpty();
        assertThat(RowAddress.parse("day.csv@99999999999999999999")).isEmpty();
    }
}
