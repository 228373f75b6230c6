package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The options that choose dead letters by what they are about. */
final class DlqFilter {

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Only those of this reason: ${COMPLETION-CANDIDATES}.")
    private Optional<DeadLetterReason> reason = Optional.empty();

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            converter = SymbolConverter.class,
            description = "Only ticks and rows of this symbol's topic.")
    private Optional<Symbol> symbol = Optional.empty();

    boolean isEmpty() {
        return reason.isEmpty() && symbol.isEmpty();
    }

    Predicate<DeadLetter> wanted(Topics topics) {
        Optional<String> topic = symbol.map(name -> topics.ticks(name).name());
        return letter -> reason.map(letter.reason()::equals).orElse(true)
                && topic.map(letter.source().topic()::equals).orElse(true);
    }
}
