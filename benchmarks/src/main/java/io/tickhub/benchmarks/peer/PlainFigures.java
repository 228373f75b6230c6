package io.tickhub.benchmarks.peer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Count, minimum, maximum, sum and last of the prices of a symbol. Immutable. */
record PlainFigures(long count, BigDecimal minPrice, BigDecimal maxPrice, BigDecimal sumPrice, BigDecimal lastPrice) {

    /** Enough for decimals of 70 digits. */
    private static final int MOST_BYTES = 160;

    /** Of no price. */
    static final PlainFigures NONE =
            new PlainFigures(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    PlainFigures with(BigDecimal price) {
        return count == 0
                ? new PlainFigures(1, price, price, price, price)
                : new PlainFigures(count + 1, minPrice.min(price), maxPrice.max(price), sumPrice.add(price), price);
    }

    /** Small and fast, for a store that serialises at every change. */
    static Serde<PlainFigures> compactSerde() {
        return Serdes.serdeFrom(
                (topic, figures) -> figures == null ? null : figures.toBytes(),
                (topic, bytes) -> bytes == null ? null : of(bytes));
    }

    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).putLong(count);
        put(bytes, minPrice);
        put(bytes, maxPrice);
        put(bytes, sumPrice);
        put(bytes, lastPrice);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static PlainFigures of(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new PlainFigures(bytes.getLong(), decimal(bytes), decimal(bytes), decimal(bytes), decimal(bytes));
    }

    private static void put(ByteBuffer bytes, BigDecimal decimal) {
        byte[] digits = decimal.unscaledValue().toByteArray();
        bytes.putInt(decimal.scale()).put((byte) digits.length).put(digits);
    }

    private static BigDecimal decimal(ByteBuffer bytes) {
        int scale = bytes.getInt();
        byte[] digits = new byte[bytes.get()];
        bytes.get(digits);
        return new BigDecimal(new BigInteger(digits), scale);
    }
}
