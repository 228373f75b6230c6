package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.client.deadletter.DeadLetterQueue;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub dlq show N}: one dead letter in full. */
@Command(
        name = "show",
        description = {
            "Show the headers and the value of a dead letter, resolved or not.",
            "What is no printable text is shown in hexadecimal. The headers behind 'original' are the original record's."
        },
        footer = {"%nExamples:", "  tickhub dlq show 17"},
        mixinStandardHelpOptions = true)
final class DlqShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DlqOptions options = new DlqOptions();

    @Parameters(
            paramLabel = "N",
            converter = DlqNumberConverter.class,
            description = "The letter's number, as 'tickhub dlq ls' shows it.")
    private long number;

    @Override
    public Integer call() {
        Optional<DeadLetter> letter;
        try (DeadLetterQueue queue = options.connect()) {
            letter = queue.find(number);
        }
        if (letter.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("tickhub: there is no dead letter " + number + "; 'tickhub dlq ls' lists those that are");
            return ExitCode.FAILED;
        }
        print(letter.get(), spec.commandLine().getOut());
        return ExitCode.OK;
    }

    static void print(DeadLetter letter, PrintWriter out) {
        for (Header header : letter.stored().headers()) {
            out.println(Printable.line(header.key()) + ": " + shown(header.value()));
        }
        out.println();
        letter.value()
                .ifPresentOrElse(
                        value -> Printable.text(value)
                                .ifPresentOrElse(out::println, () -> Printable.printHex(out, value)),
                        () -> out.println("(no value)"));
        out.flush();
    }

    private static String shown(byte[] value) {
        if (value == null) {
            return "(no value)";
        }
        return Printable.text(value)
                .map(Printable::line)
                .orElseGet(() -> "0x" + HexFormat.of().formatHex(value));
    }
}
