package io.tickhub.benchmarks.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Intake intake = new Intake();

    @Test
    void aTickThatCameTwiceIsNotPassedOver() throws InterruptedException {
        intake.take(tick(Instant.EPOCH));
        intake.await(1);

        intake.take(tick(Instant.EPOCH));

        assertThatThrownBy(() -> intake.await(1)).hasMessage("1 ticks were sent, 2 have come");
    }

    @Test
    void onlyAgesOfTicksThatWereMadeWhileAgesAreNotedCount() {
        Instant before = Instant.now().minusSeconds(60);
        intake.take(tick(before));
        intake.note();
        intake.take(tick(before));
        intake.take(tick(Instant.now()));

        assertThat(intake.ages().max()).isBetween(0.0, 59_000.0);
        assertThat(intake.ticks()).isEqualTo(3);
    }

    private static Tick tick(Instant made) {
        return new Tick(new Symbol("AAPL"), BigDecimal.TEN, BigDecimal.ONE, made, "test", "1");
    }
}
