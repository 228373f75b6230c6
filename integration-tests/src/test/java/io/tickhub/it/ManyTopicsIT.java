package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** More topics than a controller makes at once. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class ManyTopicsIT {

    private static final int SYMBOLS = 3_000;

    @Test
    void topicsOfManySymbolsAreMadeAtOnce() {
        try (Market market = Market.open()) {
            market.wire()
                    .list(IntStream.range(0, SYMBOLS).mapToObj(n -> "MANY-" + n).toArray(String[]::new));

            assertThat(market.wire().exists(market.wire().tickTopic("MANY-" + (SYMBOLS - 1))))
                    .isTrue();
        }
    }
}
