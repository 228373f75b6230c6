package io.tickhub.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Setting<Integer> WORKERS = Setting.integer("TICKHUB_WORKERS", "4", 1, 64, "Workers.");
    private static final Setting<Boolean> FLAG = Setting.flag("TICKHUB_FLAG", "false", "A flag.");
    private static final Setting<Duration> TIME = Setting.duration("TICKHUB_TIME", "30s", "A time.");
    private static final Setting<List<String>> SYMBOLS = Setting.list("TICKHUB_SYMBOLS", "A,B", "Symbols.");

    @Test
    void whatIsUnsetOrEmptyHasItsDefault() {
        Settings settings = new Settings(Map.of("TICKHUB_FLAG", "  "));

        assertThat(settings.get(WORKERS)).isEqualTo(4);
        assertThat(settings.get(FLAG)).isFalse();
        assertThat(settings.get(TIME)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.get(SYMBOLS)).containsExactly("A", "B");
    }

    @Test
    void onlyWhatIsSetGoesToKafkasClients() {
        Settings settings = new Settings(Map.of(
                "TICKHUB_KAFKA_SECURITY_PROTOCOL", "",
                "TICKHUB_KAFKA_LOG_LEVEL", "DEBUG",
                "TICKHUB_KAFKA_SASL_MECHANISM", "PLAIN"));

        assertThat(settings.build(() -> KafkaConfig.from(settings)).properties())
                .containsExactly(Map.entry("sasl.mechanism", "PLAIN"));
    }

    @Test
    void whatThePromisesRestOnIsNotPassedOn() {
        Settings settings = new Settings(
                Map.of("TICKHUB_KAFKA_ISOLATION_LEVEL", "read_uncommitted", "TICKHUB_KAFKA_LINGER_MS", "5"));

        assertThatThrownBy(() -> settings.build(() -> KafkaConfig.from(settings)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TICKHUB_KAFKA_ISOLATION_LEVEL: isolation.level is chosen by Tickhub");
    }

    @Test
    void whatIsSetIsRead() {
        Settings settings = new Settings(Map.of(
                "TICKHUB_WORKERS", " 64 ",
                "TICKHUB_FLAG", "TRUE",
                "TICKHUB_TIME", "250ms",
                "TICKHUB_SYMBOLS", "AAPL, ,BTC-USD,"));

        assertThat(settings.get(WORKERS)).isEqualTo(64);
        assertThat(settings.get(FLAG)).isTrue();
        assertThat(settings.get(TIME)).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.get(SYMBOLS)).containsExactly("AAPL", "BTC-USD");
    }

    @Test
    void allMistakesAreToldTogetherAndOnce() {
        Settings settings = new Settings(Map.of("TICKHUB_WORKERS", "65", "TICKHUB_FLAG", "yes", "TICKHUB_TIME", "0s"));
        settings.get(WORKERS);
        settings.get(WORKERS);
        settings.get(FLAG);
        settings.reject("both cannot be used");

        assertThatThrownBy(() -> settings.build(() -> settings.get(TIME)))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .containsExactly(
                                "TICKHUB_WORKERS=65: must be a whole number from 1 to 64",
                                "TICKHUB_FLAG=yes: must be true or false",
                                "both cannot be used",
                                "TICKHUB_TIME=0s: must be above 0"));
    }

    @Test
    void aTimeThatCannotBeCountedInNanosecondsOrMillisecondsIsRefused() {
        assertThatThrownBy(() -> Durations.parse("200000d")).hasMessageContaining("36500d");
        assertThatThrownBy(() -> Durations.parse("PT0.0005S")).hasMessageContaining("1ms");
    }

    @Test
    void whatTheConstructorRefusesIsAMistakeButOnlyWhereTheValuesWereRight() {
        Settings right = new Settings(Map.of());
        Settings wrong = new Settings(Map.of("TICKHUB_WORKERS", "x"));
        wrong.get(WORKERS);

        assertThatThrownBy(() -> right.build(SettingsTest::refuse)).hasMessage("too small together");
        assertThatThrownBy(() -> wrong.build(SettingsTest::refuse))
                .hasMessage("TICKHUB_WORKERS=x: must be a whole number from 1 to 64");
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5m,PT5M", "24h,PT24H", "7d,PT168H", "PT1M30S,PT90S", "36500d,P36500D"})
    void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "1.5s", "PT0S", "-PT5S", "9999999999ms", "٥s"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void kafkaPropertiesPassThroughAndHaveTheLastWord() {
        KafkaConfig kafka = KafkaConfig.from(new Settings(Map.of(
                "TICKHUB_BOOTSTRAP_SERVERS", "one:9092,two:9092",
                "TICKHUB_TOPIC_PREFIX", "test.",
                "TICKHUB_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "TICKHUB_KAFKA_LINGER_MS", "7",
                "TICKHUB_KAFKAESQUE", "no")));

        Map<String, Object> properties = kafka.client("hub-1-feeds-0", Map.of("linger.ms", 0, "acks", "all"));

        assertThat(kafka.topics().commands().name()).isEqualTo("test.commands");
        assertThat(properties)
                .containsEntry("bootstrap.servers", "one:9092,two:9092")
                .containsEntry("client.id", "hub-1-feeds-0")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("linger.ms", "7")
                .containsEntry("acks", "all");
        assertThat(properties.keySet()).noneMatch(name -> name.startsWith("esque"));
    }

    @Test
    void anInstanceIsNamedAfterItsRoleAndItsHost() {
        RuntimeConfig config = RuntimeConfig.from(new Settings(Map.of()), Role.HUB);

        assertThat(config.instance()).matches("hub-[A-Za-z0-9.-]+");
        assertThat(config.httpPort()).isEmpty();
        assertThat(config.httpHost()).isEqualTo("localhost");
    }

    @Test
    void aRuntimeTellsAllItsMistakesTogether() {
        Map<String, String> environment = new HashMap<>();
        environment.put("TICKHUB_INSTANCE", "hub 1");
        environment.put("TICKHUB_HTTP_PORT", "65536");
        environment.put("TICKHUB_TOPIC_PREFIX", "a_b");
        Settings settings = new Settings(environment);

        assertThatThrownBy(() -> settings.build(() -> RuntimeConfig.from(settings, Role.HUB)))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .hasSize(3)
                        .anyMatch(line -> line.startsWith("TICKHUB_INSTANCE=hub 1: "))
                        .anyMatch(line -> line.startsWith("TICKHUB_HTTP_PORT=65536: "))
                        .anyMatch(line -> line.startsWith("TICKHUB_TOPIC_PREFIX=a_b: ")));
    }

    @Test
    void portZeroIsAServerAndMinusOneIsNone() {
        assertThat(RuntimeConfig.from(new Settings(Map.of("TICKHUB_HTTP_PORT", "0")), Role.HUB)
                        .httpPort())
                .isEqualTo(OptionalInt.of(0));
        assertThat(RuntimeConfig.from(new Settings(Map.of("TICKHUB_HTTP_PORT", "-1")), Role.HUB)
                        .httpPort())
                .isEmpty();
    }

    @Test
    void everySettingIsListedOnceAndItsDefaultCanBeRead() {
        assertThat(RuntimeConfig.settings())
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("TICKHUB_"));
        assertThat(RuntimeConfig.settings())
                .allSatisfy(setting -> assertThat(setting.parser().apply(setting.defaultText()))
                        .isNotNull());
    }

    private static Integer refuse() {
        throw new IllegalArgumentException("too small together");
    }
}
