package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaToolsTest {

    @Test
    void everyToolIsThere() {
        assertThat(KafkaTools.all()).isNotEmpty().allSatisfy((name, tool) -> assertThatCode(
                        () -> Class.forName(tool.className()).getMethod("main", String[].class))
                .doesNotThrowAnyException());
    }

    @Test
    void aNameMayBeWrittenAsKafkaDoes() {
        assertThat(KafkaTools.find("kafka-topics.sh"))
                .isPresent()
                .isEqualTo(KafkaTools.find("kafka-topics"))
                .isEqualTo(KafkaTools.find("topics"));
        assertThat(KafkaTools.find("topic")).isEmpty();
    }

    @Test
    void theAddressIsAddedWhereItIsWanted() {
        assertThat(complete("topics", "--list")).containsExactly("--bootstrap-server", "here:1", "--list");
        assertThat(complete("cluster", "cluster-id")).containsExactly("cluster-id", "--bootstrap-server", "here:1");
        assertThat(complete("dump-log", "--files", "0.log")).containsExactly("--files", "0.log");
        assertThat(complete("topics")).isEmpty();
    }

    @Test
    void anAddressThatIsGivenStays() {
        assertThat(complete("topics", "--list", "--bootstrap-server", "there:2"))
                .containsExactly("--list", "--bootstrap-server", "there:2");
        assertThat(complete("producer-perf-test", "--producer-props", "bootstrap.servers=there:2"))
                .containsExactly("--producer-props", "bootstrap.servers=there:2");
    }

    private static List<String> complete(String tool, String... arguments) {
        return KafkaTools.find(tool).orElseThrow().complete(List.of(arguments), "here:1");
    }
}
