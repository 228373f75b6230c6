package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.aggregator.AggregatorMetrics;
import io.tickhub.gateway.GatewayMetrics;
import io.tickhub.hub.HubMetrics;
import io.tickhub.model.Json;
import io.tickhub.producer.ProducerMetrics;
import io.tickhub.runtime.meter.KafkaClientMetrics;
import io.tickhub.runtime.meter.Metric;
import io.tickhub.runtime.worker.WorkerMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts and the dashboard ask for what there is. */
class ObservabilityTest {

    /** Tests run in the folder of their module. */
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    private static final Path FOLDER = REPOSITORY.resolve("deploy/observability");

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "grafana/tickhub.json"})
    void everyMetricExists(String file) throws IOException {
        Set<String> known = prometheusNames();

        assertThat(names(FOLDER.resolve(file), "\\b((?:tickhub|kafka)_[a-z_]+)"))
                .hasSizeGreaterThan(4)
                .isSubsetOf(known);
    }

    @Test
    void theDashboardIsJsonWithPanelsThatAsk() throws IOException {
        Map<?, ?> dashboard = Json.read(Files.readAllBytes(FOLDER.resolve("grafana/tickhub.json")), Map.class);

        assertThat((List<?>) dashboard.get("panels")).isNotEmpty().allSatisfy(panel -> assertThat(
                        (List<?>) ((Map<?, ?>) panel).get("targets"))
                .isNotEmpty());
    }

    @Test
    void everyServiceOfTheComposeFileIsScraped() throws IOException {
        assertThat(names(FOLDER.resolve("prometheus.yml"), "([a-z0-9-]+):8080"))
                .isEqualTo(names(REPOSITORY.resolve("docker-compose.yml"), "\n  ([a-z0-9-]+):\n    <<: \\*service\n"))
                .hasSizeGreaterThan(4);
    }

    @Test
    void theDocumentNamesEveryAlert() throws IOException {
        String document = Files.readString(REPOSITORY.resolve("docs/metrics.md"));

        assertThat(names(FOLDER.resolve("alerts.yml"), "alert: ([A-Za-z]+)"))
                .allSatisfy(alert -> assertThat(document).contains("`" + alert + "`"));
    }

    private static Set<String> names(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> prometheusNames() {
        return Stream.of(
                        ProducerMetrics.values(),
                        AggregatorMetrics.values(),
                        HubMetrics.values(),
                        GatewayMetrics.values(),
                        WorkerMetrics.values(),
                        KafkaClientMetrics.values())
                .flatMap(Stream::of)
                .flatMap(metric -> PrometheusNames.all(((Metric) metric).definition()))
                .collect(Collectors.toSet());
    }
}
