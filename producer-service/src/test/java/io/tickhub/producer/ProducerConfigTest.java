package io.tickhub.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Symbol;
import io.tickhub.producer.ProducerConfig.AtEnd;
import io.tickhub.producer.ProducerConfig.Input;
import io.tickhub.producer.replay.ReplayConfig;
import io.tickhub.producer.replay.RowFormat;
import io.tickhub.producer.replay.Speed;
import io.tickhub.producer.simulator.SimulatorConfig;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.Setting;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerConfigTest {

    @TempDir
    private Path folder;

    @Test
    void unsetMeansThreeSymbolsWithOneTickEachPer50Milliseconds() {
        ProducerConfig config = ProducerConfig.fromEnv(Map.of());
        SimulatorConfig simulator = ((Input.Simulated) config.input()).simulator();
        assertThat(simulator.symbols()).containsExactly(new Symbol("AAPL"), new Symbol("MSFT"), new Symbol("BTC-USD"));
        assertThat(simulator.ratePerSecond()).isEqualTo(3 * 20);
        assertThat(config.atEnd()).isEqualTo(AtEnd.STAY);
        assertThat(config.retention()).isEqualTo(Duration.ofHours(24));
        assertThat(seed(Map.of())).as("another one at each start").isNotEqualTo(seed(Map.of()));
    }

    @Test
    void theSimulatorIsConfigured() {
        assertThat(ProducerConfig.fromEnv(Map.of(
                                "TICKHUB_SYMBOLS", "A, BRK.B",
                                "TICKHUB_RATE", "100000",
                                "TICKHUB_SEED", "-5",
                                "TICKHUB_TICK_SIZE", "0.25"))
                        .input())
                .isEqualTo(new Input.Simulated(new SimulatorConfig(
                        List.of(new Symbol("A"), new Symbol("BRK.B")), 100_000, -5, new BigDecimal("0.25"))));
    }

    @Test
    void aReplayIsConfigured() throws IOException {
        Path file = Files.createFile(folder.resolve("day.csv"));
        Map<String, String> env = Map.of(
                "TICKHUB_INSTANCE", "replay-1",
                "TICKHUB_REPLAY", file.toString(),
                "TICKHUB_REPLAY_SPEED", "60x",
                "TICKHUB_REPLAY_RESUME", "true",
                "TICKHUB_REPLAY_COLUMNS", "symbol=s,price=p,volume=v,time=t",
                "TICKHUB_REPLAY_TIME", "yyyyMMdd HHmmss",
                "TICKHUB_REPLAY_ZONE", "Asia/Tokyo",
                "TICKHUB_REPLAY_END", "exit");
        ProducerConfig config = ProducerConfig.fromEnv(env);
        assertThat(config.atEnd()).isEqualTo(AtEnd.EXIT);
        assertThat(config.input())
                .isEqualTo(new Input.Replayed(new ReplayConfig(
                        List.of(file),
                        Optional.of(RowFormat.parse(
                                "symbol=s,price=p,volume=v,time=t", "yyyyMMdd HHmmss", ZoneId.of("Asia/Tokyo"))),
                        new Speed(60),
                        ReplayConfig.StartAt.LAST_ARRIVED,
                        "replay-1")));
    }

    @Test
    void allMistakesAreToldTogether() {
        Map<String, String> env = Map.of(
                "TICKHUB_HTTP_PORT", "many",
                "TICKHUB_RATE", "0",
                "TICKHUB_SYMBOLS", "A,A",
                "TICKHUB_SEED", "x",
                "TICKHUB_REPLAY", "/no/such/file.csv",
                "TICKHUB_REPLAY_SPEED", "fast",
                "TICKHUB_REPLAY_ZONE", "Moon",
                "TICKHUB_REPLAY_END", "never",
                "TICKHUB_REPLAY_COLUMNS", "price");
        assertThatThrownBy(() -> ProducerConfig.fromEnv(env))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(9))
                .contains("TICKHUB_HTTP_PORT=many", "TICKHUB_RATE=0", "a symbol is named twice", "TICKHUB_SEED=x")
                .contains("there is no readable file /no/such/file.csv", "TICKHUB_REPLAY_SPEED=fast")
                .contains("TICKHUB_REPLAY_ZONE=Moon", "TICKHUB_REPLAY_END=never", "'price' is not FIELD=COLUMN");
    }

    @Test
    void theSymbolOfAllIsNotSimulated() {
        assertThatThrownBy(() -> ProducerConfig.fromEnv(Map.of("TICKHUB_SYMBOLS", "A,*")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the symbol * stands for all symbols");
    }

    @Test
    void everySettingIsListedOnce() {
        assertThat(ProducerConfig.settings())
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(15);
    }

    private static long seed(Map<String, String> env) {
        return ((Input.Simulated) ProducerConfig.fromEnv(env).input())
                .simulator()
                .seed();
    }
}
