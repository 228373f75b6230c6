package io.tickhub.it;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Makes bytes of all kinds out of good JSON; the same seed gives the same ones. For one thread. */
final class Mutations {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "[[1]]",
            "\"\"",
            "\"0\"",
            "0",
            "-1",
            "-0",
            "1e400",
            "1E2",
            "\"1E2\"",
            "1e-19",
            "NaN",
            "\"NaN\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\ud83d\ude42\"",
            "\"\u202e\"",
            "\"٣\"",
            "1.50",
            "0.000000000000000001",
            "1000000000000000000",
            "\"999999999999999999\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"2026-01-01T24:00:00Z\"",
            "\"2026-01-01T00:00:60Z\"",
            "\"2026-01-01T09:00+09:00\"",
            "\"+999999999-01-01T00:00:00Z\"");
    private static final List<String> HEADERS = List.of(
            "", "reason", "original", "topic", "offset", "key", "resolves", "failures", "row", "\ud83d\ude42", "trace");
    private static final String SYNTAX = "{}[]\",:.0e+-9Z\\ tn";
    private static final int LONG = 3_000;

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** Some of it is as good as it was. */
    byte[] of(String json) {
        return switch (random.nextInt(10)) {
            case 0 -> randomBytes(random.nextInt(200));
            case 1, 2 -> utf8(withOtherValue(json));
            case 3 -> utf8(withRepeatedField(json));
            case 4 -> utf8(withUnknownField(json));
            default -> damaged(utf8(json));
        };
    }

    /** Header with any name and any value. */
    Header header() {
        return new RecordHeader(
                HEADERS.get(random.nextInt(HEADERS.size())),
                random.nextInt(4) == 0 ? null : randomBytes(random.nextInt(20)));
    }

    byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String withOtherValue(String json) {
        String[] parts = json.split("(?<=[\\w\"]\"?:)|(?=[,}])", -1);
        int at = random.nextInt(parts.length);
        for (int i = 0; i < parts.length; i++) {
            if (parts[(at + i) % parts.length].endsWith(":")) {
                parts[(at + i + 1) % parts.length] = value();
                break;
            }
        }
        return String.join("", parts);
    }

    private String withRepeatedField(String json) {
        List<String> fields = List.of(json.substring(1, json.length() - 1).split(",(?=\")"));
        String field = fields.get(random.nextInt(fields.size()));
        String other = random.nextBoolean() ? field : field.substring(0, field.indexOf(':') + 1) + value();
        return random.nextBoolean()
                ? "{" + other + "," + json.substring(1)
                : json.substring(0, json.length() - 1) + "," + other + "}";
    }

    private String withUnknownField(String json) {
        return "{\"" + HEADERS.get(random.nextInt(HEADERS.size())) + "\":" + value() + "," + json.substring(1);
    }

    private String value() {
        return switch (random.nextInt(12)) {
            case 0 -> "9".repeat(1 + random.nextInt(LONG));
            case 1 -> '"' + "9".repeat(random.nextInt(LONG)) + '"';
            case 2 -> "[".repeat(random.nextInt(LONG));
            default -> VALUES.get(random.nextInt(VALUES.size()));
        };
    }

    private byte[] damaged(byte[] good) {
        byte[] bytes = good;
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(Math.max(1, bytes.length));
            if (bytes.length == 0) {
                return bytes;
            }
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
                case 2 -> bytes[at] = (byte) random.nextInt(256);
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(20), bytes.length - Math.max(from, at));
                    System.arraycopy(bytes.clone(), from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
