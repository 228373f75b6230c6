package io.tickhub.producer;

import io.tickhub.model.Decimals;
import io.tickhub.model.Symbol;
import io.tickhub.producer.replay.RowFormat;
import io.tickhub.producer.replay.Speed;
import io.tickhub.producer.simulator.SimulatorConfig;
import io.tickhub.runtime.config.Setting;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The producer's own environment variables. */
final class ProducerSettings {

    static final Setting<List<Symbol>> SYMBOLS = new Setting<>(
            "TICKHUB_SYMBOLS",
            "AAPL,MSFT,BTC-USD",
            "Symbols of the simulator, comma-separated.",
            ProducerSettings::symbols);

    static final Setting<Integer> RATE = Setting.integer(
            "TICKHUB_RATE",
            "60",
            1,
            SimulatorConfig.MAX_RATE,
            "Ticks a second of all simulated symbols together, 1 to 100000; for three symbols 60 is one each per 50 ms.");

    static final Setting<OptionalLong> SEED = new Setting<>(
            "TICKHUB_SEED",
            "",
            "Whole number from which the simulator's prices follow; unset: another one at each start.",
            ProducerSettings::seed);

    static final Setting<BigDecimal> TICK_SIZE = new Setting<>(
            "TICKHUB_TICK_SIZE",
            "0.01",
            "Smallest step of the simulator's prices, 0.00000001 to 1000.",
            Decimals::parse);

    static final Setting<List<String>> REPLAY = Setting.list(
            "TICKHUB_REPLAY",
            "",
            "CSV files, plain or gzip, comma-separated, to be replayed instead of the simulator; several are merged by event time.");

    static final Setting<Speed> REPLAY_SPEED = new Setting<>(
            "TICKHUB_REPLAY_SPEED",
            "1x",
            "Speed of the replay: `1x` as it happened, `60x` sixty times as fast, `max` as fast as Kafka takes it.",
            Speed::parse);

    static final Setting<Boolean> REPLAY_RESUME = Setting.flag(
            "TICKHUB_REPLAY_RESUME",
            "false",
            "Whether the replay passes over the rows that arrived in Kafka before: `true` or `false`. A row is known by the"
                    + " name of its file, without folders, and its line: mended or added rows belong in a file of another"
                    + " name.");

    static final Setting<Optional<RowFormat>> REPLAY_FORMAT = new Setting<>(
            "TICKHUB_REPLAY_FORMAT",
            "auto",
            "Format of the files: `bitflyer`, `tickhub` (symbol, price, volume, timestamp), or `auto` to tell by the header row.",
            ProducerSettings::format);

    static final Setting<String> REPLAY_COLUMNS = Setting.text(
            "TICKHUB_REPLAY_COLUMNS",
            "",
            "Columns of files in no known format: `symbol=COLUMN,price=COLUMN,volume=COLUMN,time=COLUMN,id=COLUMN`;"
                    + " `id` may be left out.");

    static final Setting<String> REPLAY_TIME = Setting.text(
            "TICKHUB_REPLAY_TIME",
            "iso",
            "Form of the times, with TICKHUB_REPLAY_COLUMNS: `iso`, `epoch-seconds`, `epoch-millis` or a pattern such as"
                    + " `yyyyMMdd HH:mm:ss.SSS`.");

    static final Setting<ZoneId> REPLAY_ZONE = new Setting<>(
            "TICKHUB_REPLAY_ZONE",
            "UTC",
            "Zone of times that name none, with TICKHUB_REPLAY_COLUMNS, such as `Asia/Tokyo` or `+09:00`.",
            ProducerSettings::zone);

    static final Setting<ProducerConfig.AtEnd> REPLAY_END = new Setting<>(
            "TICKHUB_REPLAY_END",
            "stay",
            "What the producer does when the replay has ended: `stay` or `exit`.",
            ProducerSettings::atEnd);

    static final Setting<Duration> RETENTION = Setting.duration(
            "TICKHUB_TICK_RETENTION", "24h", "How long ticks are kept in the topics that the producer makes.");

    static final List<Setting<?>> ALL = List.of(
            SYMBOLS,
            RATE,
            SEED,
            TICK_SIZE,
            REPLAY,
            REPLAY_SPEED,
            REPLAY_RESUME,
            REPLAY_FORMAT,
            REPLAY_COLUMNS,
            REPLAY_TIME,
            REPLAY_ZONE,
            REPLAY_END,
            RETENTION);

    private ProducerSettings() {}

    private static List<Symbol> symbols(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Symbol::new)
                .toList();
    }

    private static OptionalLong seed(String text) {
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number", e);
        }
    }

    private static Optional<RowFormat> format(String text) {
        if (text.equals("auto")) {
            return Optional.empty();
        }
        return Optional.of(RowFormat.preset(text)
                .orElseThrow(() -> new IllegalArgumentException("must be auto, bitflyer or tickhub")));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time zone such as UTC, Asia/Tokyo or +09:00", e);
        }
    }

    private static ProducerConfig.AtEnd atEnd(String text) {
        return switch (text) {
            case "stay" -> ProducerConfig.AtEnd.STAY;
            case "exit" -> ProducerConfig.AtEnd.EXIT;
            default -> throw new IllegalArgumentException("must be stay or exit");
        };
    }
}
