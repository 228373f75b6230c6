package io.tickhub.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.producer.replay.RowFormat.Field;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @ParameterizedTest
    @CsvSource({
        "iso, 2018-01-28T00:00:05.241+09:00",
        "iso, 2018-01-27T15:00:05.241Z",
        "iso, 2018-01-28T00:00:05.241",
        "iso, 2018-01-28 00:00:05.241",
        "iso, 2018-01-28T00:00:05.241+09:00[Asia/Tokyo]",
        "epoch-seconds, 1517065205.241",
        "epoch-millis, 1517065205241",
        "yyyyMMdd HH:mm:ss.SSS, 20180128 00:00:05.241",
        "yyyyMMdd HH:mm:ss.SSS XXX, 20180127 15:00:05.241 Z"
    })
    void oneMomentInManyForms(String format, String text) {
        assertThat(TimeFormat.of(format, TOKYO).parse(text)).isEqualTo(Instant.parse("2018-01-27T15:00:05.241Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso", "epoch-seconds", "epoch-millis", "yyyyMMdd HH:mm"})
    void whatIsNoTimeIsToldAsSuch(String format) {
        for (String text : List.of("soon", "1e300", "2018-13-45", "99999999999999999999")) {
            assertThatThrownBy(() -> TimeFormat.of(format, TOKYO).parse(text)).isInstanceOf(DateTimeException.class);
        }
    }

    /** On 25 March 2018 the hour from 2:00 on was passed over in Berlin, on 28 October the same hour came twice. */
    @ParameterizedTest
    @ValueSource(strings = {"2018-03-25T02:30:00", "2018-10-28T02:30:00.5", "2018-07-01 12:00:00"})
    void aTimeWithoutOffsetIsOneOfTheZone(String text) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant expected =
                LocalDateTime.parse(text.replace(' ', 'T')).atZone(berlin).toInstant();
        assertThat(TimeFormat.of("iso", berlin).parse(text)).isEqualTo(expected);
    }

    @Test
    void timesBeforeTheEpochKeepTheirFractions() {
        assertThat(TimeFormat.of("epoch-seconds", TOKYO).parse("-0.25")).isEqualTo(Instant.EPOCH.minusMillis(250));
    }

    @Test
    void columnsAreMappedByText() {
        RowFormat format = RowFormat.parse("symbol=pair, price=p,volume=v,time=t", "epoch-millis", ZoneOffset.UTC);
        assertThat(format.columns()).containsEntry(Field.SYMBOL, "pair").doesNotContainKey(Field.ID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowFormat.parse("symbol=pair,prize=p", "iso", ZoneOffset.UTC))
                .withMessageContaining("'prize=p' is not FIELD=COLUMN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowFormat.parse("symbol=pair", "iso", ZoneOffset.UTC))
                .withMessage("no column is named for 'price'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowFormat.parse("symbol=a,price=b,volume=c,time=d", "{what}", ZoneOffset.UTC));
    }

    @Test
    void speedsAreReadAndKept() {
        assertThat(Speed.parse("max").isMax()).isTrue();
        assertThat(Speed.parse("60x")).hasToString("60x").isEqualTo(new Speed(60));
        assertThat(Speed.parse("0.5x").nanosFor(Duration.ofSeconds(1))).isEqualTo(2_000_000_000L);
        assertThat(Speed.parse("1x").nanosFor(Duration.ofDays(365_000))).isEqualTo(Long.MAX_VALUE);
        for (String wrong : List.of("", "x", "fast", "60", "0x", "-1x", "1e9x", "NaNx")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Speed.parse(wrong));
        }
    }
}
