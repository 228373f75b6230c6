package io.tickhub.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Logger log = new LoggerContext().getLogger(TallyTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long nanos = Long.MAX_VALUE - 5;
    private final Tally tally = new Tally(log, "replies were not written", () -> nanos);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @Test
    void theFirstCaseIsToldAtOnce() {
        tally.add("replies.a");
        tally.tell();

        assertThat(told()).containsExactly("1 replies were not written; the last one: replies.a");
    }

    @Test
    void manyCasesAreOneLineInAnIntervalAndNoneIsForgotten() {
        tally.add("replies.a");
        tally.tell();
        for (int i = 0; i < 1_000; i++) {
            tally.add("replies." + i);
            tally.tell();
        }
        assertThat(told()).hasSize(1);

        nanos += Tally.INTERVAL.toNanos();
        tally.tell();
        tally.tell();

        assertThat(told()).hasSize(2).last().isEqualTo("1000 replies were not written; the last one: replies.999");
    }

    @Test
    void nothingIsToldWhenNothingHappened() {
        tally.tell();

        assertThat(told()).isEmpty();
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
