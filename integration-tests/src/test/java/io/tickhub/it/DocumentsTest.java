package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.aggregator.AggregatorConfig;
import io.tickhub.aggregator.AggregatorMetrics;
import io.tickhub.drill.fault.Fault;
import io.tickhub.drill.fault.Faults;
import io.tickhub.gateway.GatewayConfig;
import io.tickhub.gateway.GatewayMetrics;
import io.tickhub.hub.HubConfig;
import io.tickhub.hub.HubMetrics;
import io.tickhub.producer.ProducerConfig;
import io.tickhub.producer.ProducerMetrics;
import io.tickhub.runtime.config.Setting;
import io.tickhub.runtime.meter.KafkaClientMetrics;
import io.tickhub.runtime.meter.Metric;
import io.tickhub.runtime.worker.WorkerMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents list is what there is. */
class DocumentsTest {

    /** Tests run in the folder of their module. */
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    private static final Map<String, List<Setting<?>>> SETTINGS = Map.of(
            "Producer", ProducerConfig.settings(),
            "Hub", HubConfig.settings(),
            "Aggregator", AggregatorConfig.settings(),
            "Gateway", GatewayConfig.settings());

    private static final Map<String, List<? extends Metric>> METRICS = Map.of(
            "Producer", List.of(ProducerMetrics.values()),
            "Hub", List.of(HubMetrics.values()),
            "Aggregator", List.of(AggregatorMetrics.values()),
            "Gateway", List.of(GatewayMetrics.values()),
            "Workers", List.of(WorkerMetrics.values()),
            "Kafka clients", List.of(KafkaClientMetrics.values()));

    @ParameterizedTest
    @ValueSource(strings = {"Producer", "Hub", "Aggregator", "Gateway"})
    void theTableOfAServiceListsItsSettings(String service) throws IOException {
        assertThat(table(service))
                .as("the table below '## %s' in docs/configuration.md", service)
                .containsExactlyElementsOf(
                        SETTINGS.get(service).stream().map(DocumentsTest::row).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Producer", "Hub", "Aggregator", "Gateway", "Workers", "Kafka clients"})
    void theTableOfMetricsListsTheMetersThereAre(String section) throws IOException {
        assertThat(rows("docs/metrics.md", section))
                .containsExactlyElementsOf(METRICS.get(section).stream()
                        .map(metric -> row(metric.definition()))
                        .toList());
    }

    @Test
    void theGuaranteesNameTestsAndDrillsThatExist() throws IOException {
        String guarantees = Files.readString(REPOSITORY.resolve("docs/guarantees.md"));
        Set<String> tests = testClasses();

        assertThat(names(guarantees, "`([A-Z][A-Za-z]+(?:IT|Test))`"))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(tests).contains(name));
        assertThat(names(guarantees, "`([a-z]+(?:-[a-z]+)+|drain|retention)`").stream()
                        .filter(name -> !name.equals("dead-letters"))
                        .distinct())
                .as("the drills in docs/guarantees.md")
                .containsExactlyInAnyOrderElementsOf(
                        Faults.all().stream().map(Fault::name).toList());
    }

    @Test
    void theReadmeLinksEveryModule() throws IOException {
        String readme = Files.readString(REPOSITORY.resolve("README.md"));
        assertThat(modules()).hasSizeGreaterThan(5).allSatisfy(module -> assertThat(readme)
                .containsPattern("\\[`?" + module + "/?`?]\\((\\./)?" + module + "/?[^)]*\\)"));
    }

    @Test
    void theImageIsBuiltWithEveryModule() throws IOException {
        String dockerfile = Files.readString(REPOSITORY.resolve("Dockerfile"));

        assertThat(modules())
                .allSatisfy(module -> assertThat(dockerfile).contains("COPY " + module + "/pom.xml " + module + "/\n"));
    }

    private static List<String> modules() throws IOException {
        return names(Files.readString(REPOSITORY.resolve("pom.xml")), "<module>(.+?)</module>");
    }

    private static List<String> names(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Set<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    /** A default that is empty means that the variable does nothing when unset. */
    private static String row(Setting<?> setting) {
        String shownDefault = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
        return "| `" + setting.name() + "` | " + shownDefault + " | "
                + setting.description().replace("|", "\\|") + " |";
    }

    private static String row(Metric.Definition metric) {
        return "| `" + metric.name() + "` | " + metric.type().name().toLowerCase(Locale.ROOT) + " | `"
                + PrometheusNames.of(metric) + "` | " + metric.description() + " |";
    }

    private static List<String> table(String section) throws IOException {
        return rows("docs/configuration.md", section);
    }

    /** The rows of the first table of a section, without its head. */
    private static List<String> rows(String document, String section) throws IOException {
        return Files.readString(REPOSITORY.resolve(document))
                .lines()
                .dropWhile(line -> !line.equals("## " + section))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }
}
