package io.tickhub.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.BarInterval;
import io.tickhub.model.ClientId;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can do what to every topic there is, worked out as a broker does it. */
class AclsTest {

    private static final ClientId ALICE = new ClientId("alice");

    /** By the name without prefix: all who may write, and all who may read; an administrator may do everything. */
    private static final Map<String, List<Set<String>>> EXPECTED = Map.ofEntries(
            Map.entry("ticks.AAPL", List.of(Set.of("producer"), Set.of("producer", "hub", "aggregator", "gateway"))),
            Map.entry("commands", List.of(Set.of("gateway"), Set.of("hub"))),
            Map.entry("admin-commands", List.of(Set.of(), Set.of("hub"))),
            Map.entry("replies", List.of(Set.of("hub"), Set.of("hub", "gateway"))),
            Map.entry("commands.alice", List.of(Set.of("alice"), Set.of("hub"))),
            Map.entry("replies.alice", List.of(Set.of("hub"), Set.of("alice", "hub"))),
            Map.entry("feeds.alice.7", List.of(Set.of("hub"), Set.of("alice", "hub"))),
            Map.entry("commands.alice-2", List.of(Set.of(), Set.of("hub"))),
            Map.entry("replies.alice-2", List.of(Set.of("hub"), Set.of("hub"))),
            Map.entry("feeds.alice-2.7", List.of(Set.of("hub"), Set.of("hub"))),
            Map.entry("subscriptions", List.of(Set.of("hub"), Set.of("hub"))),
            Map.entry("progress", List.of(Set.of("hub"), Set.of("hub"))),
            Map.entry("leases", List.of(Set.of("hub"), Set.of("hub"))),
            Map.entry("feeds.gateway-1.7", List.of(Set.of("hub"), Set.of("hub", "gateway"))),
            Map.entry("stats", List.of(Set.of("aggregator"), Set.of("hub", "aggregator", "gateway"))),
            Map.entry("sessions", List.of(Set.of("aggregator"), Set.of("hub"))),
            Map.entry("bars.1m", List.of(Set.of("aggregator"), Set.of("hub"))),
            Map.entry("aggregator-state", List.of(Set.of("aggregator"), Set.of("hub", "aggregator"))),
            Map.entry(
                    "services",
                    List.of(
                            Set.of("producer", "hub", "aggregator", "gateway"),
                            Set.of("producer", "hub", "aggregator", "gateway", "alice"))),
            Map.entry("control", List.of(Set.of("hub"), Set.of("producer", "hub", "aggregator", "gateway"))),
            Map.entry(
                    "dead-letters",
                    List.of(Set.of("producer", "hub", "aggregator", "gateway"), Set.of("producer", "hub", "gateway"))));

    @ParameterizedTest
    @ValueSource(strings = {"", "test."})
    void everyTopicHasItsWritersAndReaders(String prefix) {
        Topics topics = new Topics(prefix);
        ClientId other = new ClientId("alice-2");
        List<String> names = Stream.concat(
                        topics.system().stream(),
                        Stream.of(
                                topics.ticks(new Symbol("AAPL")),
                                topics.bars(new BarInterval(60)),
                                topics.commands(ALICE),
                                topics.replies(ALICE),
                                topics.feed(ALICE, 7),
                                topics.commands(other),
                                topics.replies(other),
                                topics.feed(other, 7),
                                topics.feed(new ClientId("gateway-1"), 7)))
                .map(Topics.Spec::name)
                .toList();

        assertThat(names.stream().map(name -> name.substring(prefix.length())))
                .as("every topic is in the table")
                .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
        for (String name : names) {
            List<Set<String>> expected = EXPECTED.get(name.substring(prefix.length()));
            assertThat(may(topics, AclOperation.WRITE, ResourceType.TOPIC, name))
                    .as("who may write " + name)
                    .isEqualTo(expected.get(0));
            assertThat(may(topics, AclOperation.READ, ResourceType.TOPIC, name))
                    .as("who may read " + name)
                    .isEqualTo(expected.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "test."})
    void nothingElseIsGiven(String prefix) {
        Topics topics = new Topics(prefix);

        assertThat(may(
                        topics,
                        AclOperation.CREATE,
                        ResourceType.TOPIC,
                        topics.feed(ALICE, 7).name()))
                .isEqualTo(Set.of("hub"));
        assertThat(may(
                        topics,
                        AclOperation.DELETE,
                        ResourceType.TOPIC,
                        topics.feed(ALICE, 7).name()))
                .isEqualTo(Set.of("hub"));
        assertThat(may(
                        topics,
                        AclOperation.DELETE,
                        ResourceType.TOPIC,
                        topics.stats().name()))
                .isEmpty();
        assertThat(may(
                        topics,
                        AclOperation.CREATE,
                        ResourceType.TOPIC,
                        topics.commands(ALICE).name()))
                .isEmpty();
        assertThat(may(topics, AclOperation.READ, ResourceType.GROUP, topics.feedGroup(ALICE)))
                .isEqualTo(Set.of("alice"));
        assertThat(may(topics, AclOperation.READ, ResourceType.GROUP, topics.group("hub")))
                .isEqualTo(Set.of("hub"));
        assertThat(may(topics, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, prefix + "hub-1.commands"))
                .isEqualTo(Set.of("hub", "aggregator"));
        assertThat(may(topics, AclOperation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, "of-somebody-else"))
                .isEqualTo(Set.of("hub"));
        assertThat(may(topics, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, "of-somebody-else"))
                .isEqualTo(prefix.isEmpty() ? Set.of("hub", "aggregator") : Set.of());
        assertThat(may(topics, AclOperation.CLUSTER_ACTION, ResourceType.CLUSTER, "kafka-cluster"))
                .isEqualTo(Set.of("hub"));
        assertThat(all(topics))
                .noneMatch(right -> Set.of(AclOperation.ALL, AclOperation.ALTER, AclOperation.ALTER_CONFIGS)
                        .contains(right.entry().operation()))
                .allMatch(right -> right.entry().permissionType() == AclPermissionType.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "test."})
    void directDeliveryAddsTheTicksOnly(String prefix) {
        Topics topics = new Topics(prefix);

        assertThat(Acls.direct(ALICE, topics)).singleElement().satisfies(right -> {
            assertThat(right.entry().operation()).isEqualTo(AclOperation.READ);
            assertThat(matches(
                            right,
                            ResourceType.TOPIC,
                            topics.ticks(new Symbol("AAPL")).name()))
                    .isTrue();
        });
    }

    private static Set<String> may(Topics topics, AclOperation operation, ResourceType type, String name) {
        return all(topics).stream()
                .filter(right -> right.entry().operation() == operation && matches(right, type, name))
                .map(right -> right.entry().principal())
                .map(principal -> principal
                        .replace("User:" + topics.prefix() + "tickhub.", "")
                        .replace("User:", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<AclBinding> all(Topics topics) {
        return Stream.concat(
                        Arrays.stream(Role.values()).flatMap(role -> Acls.of(role, topics).stream()),
                        Acls.of(ALICE, topics).stream())
                .toList();
    }

    private static boolean matches(AclBinding right, ResourceType type, String name) {
        ResourcePattern pattern = right.pattern();
        return pattern.resourceType() == type
                && (pattern.patternType() == PatternType.PREFIXED
                        ? name.startsWith(pattern.name())
                        : pattern.name().equals(name) || pattern.name().equals("*"));
    }
}
