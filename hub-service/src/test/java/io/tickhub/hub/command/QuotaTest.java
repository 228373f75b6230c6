package io.tickhub.hub.command;

import static io.tickhub.hub.command.HubTablesFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.ClientId;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final ClientId BOB = new ClientId("bob");

    private final HubTablesFixture fixture = new HubTablesFixture();
    private final ClientSubscriptions subscriptions = new ClientSubscriptions(fixture.tables);
    private final Quota quota = new Quota(subscriptions);

    @Test
    void aClientHasItsOwnLimit() {
        subscribe(ALICE, Quota.OF_A_CLIENT - 1);

        assertThatCode(() -> quota.requireRoom(ALICE, 1)).doesNotThrowAnyException();
        assertRefused(ALICE, 2, "a client has at most");
        assertThatCode(() -> quota.requireRoom(BOB, 2)).doesNotThrowAnyException();
    }

    @Test
    void allTogetherHaveALimit() {
        for (int i = 0; i < Quota.OF_ALL / 1_000; i++) {
            subscribe(new ClientId("client-" + i), 1_000);
        }

        assertRefused(ALICE, 1, "the system has at most " + Quota.OF_ALL + " subscriptions");
    }

    @Test
    void whoIsNewFindsAnotherLimitThanWhoIsThere() {
        subscribe(ALICE, 1);
        for (int i = 1; i < Quota.CLIENTS; i++) {
            subscribe(new ClientId("client-" + i), 1);
        }

        assertThatCode(() -> quota.requireRoom(ALICE, 1)).doesNotThrowAnyException();
        assertRefused(BOB, 1, "subscribers");
        assertThat(quota.isRoomForNew(1, 1)).isFalse();
    }

    @Test
    void whatIsNotReadBackYetCountsToo() {
        subscribe(ALICE, Quota.OF_A_CLIENT - 1);
        subscriptions.put(subscription(ALICE, Quota.OF_A_CLIENT));

        assertRefused(ALICE, 1, "a client has at most");
    }

    @Test
    void whatStemsFromASubscriptionToAllSymbolsHasLimitsToo() {
        subscribe(ALICE, Quota.OF_A_CLIENT - 3);
        Subscription all = subscription(ALICE, Quota.OF_A_CLIENT);
        List<Subscription> found = IntStream.range(0, 5_000)
                .mapToObj(number -> subscription(ALICE, 2 * Quota.OF_A_CLIENT + number))
                .toList();

        Binding binding = new Binding(quota);
        binding.add(all, found);

        assertThat(binding.bound()).isEqualTo(found.subList(0, 3));
        assertThat(binding.isWhole()).isTrue();
        assertThat(binding.shortOfRoom()).isEqualTo(Map.of(ALICE, 4_997));
    }

    @Test
    void oneTransactionBindsSoManyAndTheNextOneTheOthers() {
        List<Subscription> found = IntStream.range(1, 5_000)
                .mapToObj(number -> subscription(BOB, number))
                .toList();

        Binding binding = new Binding(quota);
        binding.add(subscription(BOB, 0), found);

        assertThat(binding.bound()).hasSize(2_000);
        assertThat(binding.isWhole()).isFalse();
    }

    private void assertRefused(ClientId client, int added, String why) {
        assertThatThrownBy(() -> quota.requireRoom(client, added))
                .isInstanceOf(Rejected.class)
                .extracting(e -> ((Rejected) e).reply().toString())
                .asString()
                .contains("LIMIT_EXCEEDED", why);
    }

    private void subscribe(ClientId client, int count) {
        for (int i = 0; i < count; i++) {
            fixture.read(subscription(client, i));
        }
    }

    private static Subscription subscription(ClientId client, int number) {
        return new Subscription(
                client + "-" + number,
                client,
                new Symbol("S" + number),
                "topic-1",
                "feeds." + client + ".1",
                5,
                OptionalLong.empty(),
                "c0ffee");
    }
}
