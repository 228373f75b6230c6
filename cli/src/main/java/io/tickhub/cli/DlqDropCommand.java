package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.Selection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub dlq drop}: puts dead letters aside. */
@Command(
        name = "drop",
        description = {
            "Put dead letters aside: they are not listed any more. Their bytes stay on the topic for its 7 days.",
            "Exit code 1 if any letter was refused."
        },
        footer = {"%nExamples:", "  tickhub dlq drop 17 18", "  tickhub dlq drop --all --symbol AAPL --dry-run"},
        mixinStandardHelpOptions = true)
final class DlqDropCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DlqOptions options = new DlqOptions();

    @Mixin
    private DlqSelection chosen = new DlqSelection();

    @Override
    public Integer call() {
        Selection selection = chosen.selection(options.topics());
        DlqReport report = new DlqReport(spec.commandLine(), chosen.isDryRun() ? "would be dropped" : "dropped");
        try (DeadLetterQueue queue = options.connect()) {
            if (chosen.isDryRun()) {
                queue.tryDrop(selection, report);
            } else {
                queue.drop(selection, report);
            }
        }
        return report.finish();
    }
}
