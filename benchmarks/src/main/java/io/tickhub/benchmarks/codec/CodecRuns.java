package io.tickhub.benchmarks.codec;

import io.tickhub.model.Decoded;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What JMH runs: one tick read or written each time, one of many after the other. For one thread. */
@State(Scope.Thread)
public class CodecRuns {

    static final Instant BEGIN = Instant.parse("2026-11-20T14:30:00Z");

    private static final Symbol SYMBOL = new Symbol("BTC-USD");
    private static final int TICKS = 1_024;

    private final TickCodec codec = new TickCodec();
    private final List<Tick> ticks = ticks();
    private final List<DatabindTick> databindTicks =
            ticks.stream().map(DatabindTick::of).toList();
    private final List<byte[]> records = ticks.stream().map(codec::encode).toList();
    private int next;

    /** With all checks, from a record's bytes to a tick. */
    @Benchmark
    public Decoded decode() {
        return codec.decode(SYMBOL, records.get(next()), Instant.MAX);
    }

    @Benchmark
    public DatabindTick databindDecode() {
        return DatabindTick.READER.readValue(records.get(next()));
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(ticks.get(next()));
    }

    @Benchmark
    public byte[] databindEncode() {
        return DatabindTick.WRITER.writeValueAsBytes(databindTicks.get(next()));
    }

    /** Whether both sides read and write the same. */
    boolean areAlike() {
        for (int i = 0; i < TICKS; i++) {
            Tick tick = ticks.get(i);
            boolean alike = codec.decode(SYMBOL, records.get(i), Instant.MAX).equals(new Decoded.Valid(tick))
                    && databindDecode(records.get(i)).equals(DatabindTick.of(tick))
                    && databindDecode(DatabindTick.WRITER.writeValueAsBytes(databindTicks.get(i)))
                            .equals(databindTicks.get(i));
            if (!alike) {
                return false;
            }
        }
        return true;
    }

    private static DatabindTick databindDecode(byte[] record) {
        return DatabindTick.READER.readValue(record);
    }

    private int next() {
        next = (next + 1) & (TICKS - 1);
        return next;
    }

    private static List<Tick> ticks() {
        Random random = new Random(1);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < TICKS; i++) {
            ticks.add(new Tick(
                    SYMBOL,
                    BigDecimal.valueOf(10_543_360L + random.nextInt(10_000), 2),
                    BigDecimal.valueOf(1 + random.nextInt(1_000_000), 5),
                    BEGIN.plus(Duration.ofMillis(50).multipliedBy(i)).plusNanos(random.nextInt(1_000) * 1_000L),
                    "sim-1",
                    Integer.toString(1_000_000 + i)));
        }
        return ticks;
    }
}
