package io.tickhub.hub.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class ReplyTopicsTest {

    private static final String SHARED = "replies";
    private static final String OWN = "replies.alice";

    private final Admin admin = (Admin) Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> found((String) ((List<?>) arguments[0]).getFirst()));
    private final ReplyTopics topics = new ReplyTopics(admin, SHARED, () -> 0);

    @Test
    void aTopicThatFailsAgainAndAgainCountsAsMissingButTheSharedOneNever() {
        assertThat(exists(SHARED)).isTrue();
        assertThat(exists(OWN)).isTrue();

        for (int i = 0; i < 3; i++) {
            topics.failed(SHARED);
            topics.failed(OWN);
        }

        assertThat(exists(SHARED)).isTrue();
        assertThat(exists(OWN)).isFalse();
    }

    private boolean exists(String topic) {
        return topics.exists(new ReplyAddress(topic, OptionalInt.empty(), "c1", ReplyAddress.Form.SPRING));
    }

    private static DescribeTopicsResult found(String topic) {
        Node node = new Node(0, "localhost", 1);
        TopicDescription description = new TopicDescription(
                topic, false, List.of(new TopicPartitionInfo(0, node, List.of(node), List.of(node))));
        return new DescribeTopicsResult(null, Map.of(topic, KafkaFuture.completedFuture(description))) {};
    }
}
