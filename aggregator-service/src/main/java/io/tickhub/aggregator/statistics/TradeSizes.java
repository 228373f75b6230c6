package io.tickhub.aggregator.statistics;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import io.tickhub.aggregator.exact.Rounding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.Optional;

/**
 * Percentiles of a symbol's volumes, each within 1 % of the true one, whatever the volumes are: a DDSketch (Masson, Rim, Lee: DDSketch, Proceedings
 * of the VLDB Endowment 12, 2019). For one thread.
 *
 * <p>It counts volumes in bins whose bounds grow by 2 %. Volumes lie between 10^-18 and 10^18, so there are 4,300 bins at most and none needs
 * to be joined with another; volumes of four powers of ten take 470. A bin is found by arithmetic without logarithms, which gives the same bits on every
 * machine: a replay or a successor comes to the same bins.
 */
final class TradeSizes {

    /** A little better than the promised 0.01, for the figures are rounded. */
    private static final double ACCURACY = 0.0099;

    private static final MathContext SHOWN = new MathContext(6, RoundingMode.HALF_EVEN);
    private static final IndexMapping BINS = new CubicallyInterpolatedMapping(ACCURACY);

    private final Optional<DDSketch> sketch;

    /** Of no ticks. */
    TradeSizes() {
        this.sketch = Optional.of(new DDSketch(BINS, UnboundedSizeDenseStore::new));
    }

    /** @param saved from {@link #toSaved}; empty if a version that did not have it began to count */
    TradeSizes(Optional<String> saved) {
        this.sketch = saved.map(TradeSizes::decode);
    }

    void add(BigDecimal volume) {
        sketch.ifPresent(bins -> bins.accept(volume.doubleValue()));
    }

    /** The volume of which so many of a hundred lie below; empty if not all are known. There must have been a tick. */
    Optional<BigDecimal> percentile(int percent) {
        return sketch.map(
                bins -> Rounding.plain(new BigDecimal(bins.getValueAtQuantile(percent / 100.0)).round(SHOWN)));
    }

    /** The filled bins, in the library's form and Base64. */
    Optional<String> toSaved() {
        return sketch.map(TradeSizes::encode);
    }

    private static String encode(DDSketch bins) {
        GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withDefaultInitialCapacity();
        try {
            bins.encode(bytes, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.trimmedCopy());
    }

    private static DDSketch decode(String saved) {
        try {
            ByteArrayInput bytes = ByteArrayInput.wrap(Base64.getDecoder().decode(saved));
            return DDSketch.decode(bytes, UnboundedSizeDenseStore::new, BINS);
        } catch (IOException e) {
            throw new IllegalArgumentException("the saved trade sizes cannot be read", e);
        }
    }
}
