package io.tickhub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.ClientId;
import io.tickhub.model.Topics;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static final ClientId ALICE = new ClientId("alice");

    @Test
    void aClientWithItsOwnTopicsUsesThem() {
        Route route = route(Map.of("commands", 8, "replies", 8, "commands.alice", 1), Set.of());

        assertThat(route).isEqualTo(new Route("commands.alice", new TopicPartition("replies.alice", 0)));
    }

    @Test
    void anotherUsesThoseOfAll() {
        Route route = route(Map.of("commands", 8, "replies", 8), Set.of());

        assertThat(route.commands()).isEqualTo("commands");
        assertThat(route.replies().topic()).isEqualTo("replies");
        assertThat(route.replies().partition()).isBetween(0, 7);
    }

    @Test
    void whoMayNotAskForItsOwnUsesThoseOfAll() {
        assertThat(route(Map.of("replies", 8), Set.of("commands.alice")).commands())
                .isEqualTo("commands");
    }

    @Test
    void whoMayUseNeitherIsTold() {
        assertThatThrownBy(() -> route(Map.of(), Set.of("commands.alice", "replies")))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("client alice")
                .hasMessageContaining("--client");
    }

    @Test
    void withoutAnyTopicsThereNeverWasAHub() {
        assertThatThrownBy(() -> route(Map.of(), Set.of()))
                .isInstanceOf(NoHubException.class)
                .hasMessageContaining("topic replies does not exist");
    }

    private static Route route(Map<String, Integer> partitionsByTopic, Set<String> denied) {
        return Route.of(ALICE, new Topics(""), topic -> {
            if (denied.contains(topic.name())) {
                throw new TopicAuthorizationException(denied);
            }
            return partitionsByTopic.getOrDefault(topic.name(), 0);
        });
    }
}
