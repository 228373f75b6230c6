package io.tickhub.client;

import static io.tickhub.client.FeedRecords.AAPL;
import static io.tickhub.client.FeedRecords.BTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.Delivery;
import io.tickhub.model.From;
import io.tickhub.model.Symbol;
import io.tickhub.model.WhenSlow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionRequestTest {

    private static final ClientId ALICE = new ClientId("alice");

    @Test
    void everyTickFromNowOnThroughTheFeedUnlessSaidOtherwise() {
        assertThat(SubscriptionRequest.to("AAPL", "BTC-USD").command(ALICE))
                .isEqualTo(Command.Subscribe.live(ALICE, List.of(AAPL, BTC)));
    }

    @Test
    void eachOptionIsAFieldOfTheCommand() {
        From from = new From.Last(3);
        assertThat(SubscriptionRequest.to("AAPL")
                        .from(from)
                        .offsets(Map.of(AAPL, 7L))
                        .awaitTopics()
                        .conflate(Duration.ofMillis(250))
                        .whenSlow(WhenSlow.CONFLATE)
                        .command(ALICE))
                .isEqualTo(new Command.Subscribe(
                        ALICE,
                        List.of(AAPL),
                        from,
                        Map.of(AAPL, 7L),
                        Delivery.FEED,
                        true,
                        Optional.of(Duration.ofMillis(250)),
                        WhenSlow.CONFLATE));
        assertThat(SubscriptionRequest.to("AAPL").direct().command(ALICE).delivery())
                .isEqualTo(Delivery.DIRECT);
        assertThat(SubscriptionRequest.toAll().command(ALICE).symbols()).containsExactly(Symbol.ALL);
    }

    @Test
    void whatIsResumedBeginsWhereItWas() {
        Command.Subscribe command =
                SubscriptionRequest.resuming(Map.of(BTC, 9L, AAPL, 7L)).direct().command(ALICE);

        assertThat(command.symbols()).containsExactly(AAPL, BTC);
        assertThat(command.from(AAPL)).isEqualTo(new From.Offset(7));
        assertThat(command.from(BTC)).isEqualTo(new From.Offset(9));
    }

    @Test
    void whatTheHubHasToMakeCannotBeReadDirectly() {
        SubscriptionRequest conflated = SubscriptionRequest.to("AAPL").conflate(Duration.ofSeconds(1));

        assertThatThrownBy(() -> conflated.direct())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conflate");
    }
}
