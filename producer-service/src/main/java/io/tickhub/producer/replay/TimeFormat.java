package io.tickhub.producer.replay;

import io.tickhub.model.Decimals;
import io.tickhub.model.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** How a file writes event times. Implementations are immutable. */
@FunctionalInterface
interface TimeFormat {

    /** @throws DateTimeException if the text is no time of this form */
    Instant parse(String text);

    /** Reads the form in which nearly all times are written, of the bytes {@code [from, to)}; nothing is said about what other texts are. */
    default Optional<Instant> usual(byte[] row, int from, int to) {
        return Optional.empty();
    }

    /**
     * {@code iso}, {@code epoch-seconds} (with decimals, if any), {@code epoch-millis}, or a pattern of
     * {@link DateTimeFormatter}; {@code zone} is that of times that name none.
     *
     * @throws IllegalArgumentException if the pattern is none
     */
    static TimeFormat of(String name, ZoneId zone) {
        return switch (name) {
            case "iso" -> new Iso(zone);
            case "epoch-seconds" -> text -> epoch(text, 0);
            case "epoch-millis" -> text -> epoch(text, 3);
            default -> {
                DateTimeFormatter formatter = DateTimeFormatter.ofPattern(name);
                yield text -> instant(
                        formatter.parseBest(text, ZonedDateTime::from, Instant::from, LocalDateTime::from), zone);
            }
        };
    }

    private static Instant instant(TemporalAccessor time, ZoneId zone) {
        return switch (time) {
            case OffsetDateTime withOffset -> withOffset.toInstant();
            case ZonedDateTime withZone -> withZone.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            default -> Instant.from(time);
        };
    }

    private static Instant epoch(String text, int digitsOfUnit) {
        try {
            BigDecimal seconds = Decimals.parse(text).movePointLeft(digitsOfUnit);
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            long nanos = seconds.subtract(whole).movePointRight(9).longValue();
            return Instant.ofEpochSecond(whole.longValueExact(), nanos);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DateTimeException("no epoch time", e);
        }
    }

    /** ISO 8601; {@code zone} is that of times that name none. */
    record Iso(ZoneId zone) implements TimeFormat {

        @Override
        public Instant parse(String text) {
            // Many files write a space where ISO 8601 has a T.
            String iso = text.length() > 10 && text.charAt(10) == ' '
                    ? text.substring(0, 10) + "T" + text.substring(11)
                    : text;
            Optional<Instant> usual = Timestamps.usual(iso)
                    .or(() -> Timestamps.usual(iso + "Z").map(time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC)
                            .atZone(zone)
                            .toInstant()));
            if (usual.isPresent()) {
                return usual.get();
            }
            return instant(
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from), zone);
        }

        @Override
        public Optional<Instant> usual(byte[] row, int from, int to) {
            return Timestamps.usual(row, from, to);
        }
    }
}
