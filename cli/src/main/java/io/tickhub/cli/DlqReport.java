package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.client.deadletter.Verdict;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Prints what became of dead letters, one a line: what was done on standard output, refusals on standard error. */
final class DlqReport implements Consumer<Verdict> {

    private final PrintWriter out;
    private final PrintWriter err;
    private final String done;
    private long doneCount;
    private long refusedCount;

    /** @param done what became of those that were not refused, such as {@code dropped} */
    DlqReport(CommandLine command, String done) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.done = done;
    }

    @Override
    public void accept(Verdict verdict) {
        switch (verdict) {
            case Verdict.Done handled -> {
                doneCount++;
                DeadLetter letter = handled.letter();
                out.println(letter.number() + " " + done + ": "
                        + Printable.line(letter.source().toString()) + ", " + letter.reason());
            }
            case Verdict.Refused refused -> {
                refusedCount++;
                err.println("tickhub: " + refused.number() + " refused: " + Printable.line(refused.why()));
            }
        }
    }

    /** Prints the sums and gives the exit code. */
    int finish() {
        out.println(doneCount + " " + done + ", " + refusedCount + " refused");
        out.flush();
        err.flush();
        return refusedCount == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
