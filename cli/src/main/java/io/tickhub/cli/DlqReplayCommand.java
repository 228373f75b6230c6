package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.Selection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub dlq replay}: sends originals again. */
@Command(
        name = "replay",
        description = {
            "Send the originals of dead letters again to the topics they came from, exactly once.",
            "A record that has failed " + DeadLetterQueue.MOST_FAILURES + " times stays, and so does a row of a file.",
            "Exit code 1 if any letter was refused."
        },
        footer = {"%nExamples:", "  tickhub dlq replay 17 18", "  tickhub dlq replay --all --reason FUTURE --dry-run"},
        mixinStandardHelpOptions = true)
final class DlqReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DlqOptions options = new DlqOptions();

    @Mixin
    private DlqSelection chosen = new DlqSelection();

    @Override
    public Integer call() {
        Selection selection = chosen.selection(options.topics());
        DlqReport report = new DlqReport(spec.commandLine(), chosen.isDryRun() ? "would be replayed" : "replayed");
        try (DeadLetterQueue queue = options.connect()) {
            if (chosen.isDryRun()) {
                queue.tryReplay(selection, report);
            } else {
                queue.replay(selection, report);
            }
        }
        return report.finish();
    }
}
