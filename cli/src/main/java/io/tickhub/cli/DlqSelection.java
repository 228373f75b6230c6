package io.tickhub.cli;

import io.tickhub.client.deadletter.Selection;
import io.tickhub.model.Topics;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments that say which dead letters are meant, and whether it is a trial. */
final class DlqSelection {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private DlqFilter filter = new DlqFilter();

    @Parameters(
            paramLabel = "N",
            arity = "0..*",
            converter = DlqNumberConverter.class,
            description = "Numbers of letters, as 'tickhub dlq ls' shows them.")
    private List<Long> numbers = List.of();

    @Option(names = "--all", description = "All open letters that --reason and --symbol leave.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only tell what would happen.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    /** @throws ParameterException if not exactly one of numbers and {@code --all} is given */
    Selection selection(Topics topics) {
        if (all == !numbers.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give the numbers of letters, or --all for all");
        }
        if (!all && !filter.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--reason and --symbol choose from --all, not from numbers");
        }
        return all ? new Selection.All(filter.wanted(topics)) : new Selection.Numbers(Set.copyOf(numbers));
    }
}
