package io.tickhub.model;

/** The digits of numbers as characters, eight in a {@code long}, all computed at once. No state. */
final class Digits {

    /** The most digits at a time. */
    static final int MOST = 8;

    /** The first number that has more. */
    static final int LIMIT = 100_000_000;

    private static final long ZEROS = 0x3030_3030_3030_3030L;

    private Digits() {}

    /**
     * So many digits of a number, which has no more, with zeros before it. The first one is in the lowest byte; what is in the bytes behind the last one
     * means nothing.
     *
     * <p>Divides and conquers: the number is two of four digits, these are two of two digits each, in lanes of the same {@code long}. Within a lane a
     * quotient is a product with the next greater fraction, 10,486 / 2^20 for a hundredth and 103 / 2^10 for a tenth, which for so small numbers is exact.
     *
     * @param number from 0, below {@value #LIMIT}
     * @param count from 0 to {@value #MOST}
     */
    static long of(int number, int count) {
        int tenThousands = number / 10_000;
        long fours = tenThousands | (long) (number - tenThousands * 10_000) << 32;
        long hundreds = ((fours * 10_486) >>> 20) & 0x0000_007f_0000_007fL;
        long twos = hundreds | ((fours - hundreds * 100) << 16);
        long tens = ((twos * 103) >>> 10) & 0x000f_000f_000f_000fL;
        long ones = tens | ((twos - tens * 10) << 8);
        return (ones + ZEROS) >>> ((MOST - count) * Byte.SIZE);
    }
}
