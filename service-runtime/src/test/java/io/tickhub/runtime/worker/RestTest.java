package io.tickhub.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Rest rest = new Rest(now::get);

    @Test
    void isOverBeforeTheFirstTransaction() {
        assertThat(rest.left()).isZero();
    }

    @Test
    void isAsLongAsTheTransactionWas() {
        long began = now.get();
        pass(Duration.ofMillis(7));
        rest.begin(began);
        pass(Duration.ofMillis(4));
        assertThat(rest.left()).isEqualTo(Duration.ofMillis(3));
        pass(Duration.ofMillis(3).minusNanos(1));
        assertThat(rest.left()).isPositive();
        pass(Duration.ofNanos(1));
        assertThat(rest.left()).isZero();
    }

    @Test
    void isBounded() {
        long began = now.get();
        pass(Duration.ofSeconds(4));
        rest.begin(began);
        assertThat(rest.left()).isEqualTo(Duration.ofMillis(20));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
