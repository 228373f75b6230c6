package io.tickhub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StreamLimitsTest {

    private final StreamLimits limits = new StreamLimits(new StreamLimits.Most(3, 2, 10));

    @Test
    void oneAddressCannotTakeAll() {
        StreamLimits.Permit first = limits.take("a");
        var unused = limits.take("a");
        assertThatThrownBy(() -> limits.take("a")).hasMessageContaining("one address may have 2 streams");
        first.close();
        var unusedAgain = limits.take("a");
        assertThat(limits.streams()).isEqualTo(2);
    }

    @Test
    void thereIsALimitInAll() {
        var unusedFirst = limits.take("a");
        StreamLimits.Permit second = limits.take("b");
        var unusedThird = limits.take("c");
        assertThatThrownBy(() -> limits.take("d")).hasMessageContaining("3 streams at a time");
        second.close();
        // What is given back twice counts once.
        second.close();
        assertThat(limits.streams()).isEqualTo(2);
        var unusedFourth = limits.take("d");
        assertThatThrownBy(() -> limits.take("e")).isInstanceOf(TooManyStreamsException.class);
    }
}
