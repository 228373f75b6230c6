package io.tickhub.gateway.web;

import io.javalin.http.Context;
import io.tickhub.gateway.stream.Selection;
import io.tickhub.gateway.tape.Place;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what a request asks for; what is wrong becomes a problem that names the parameter. Immutable. */
final class Parameters {

    private final int mostSymbols;

    /** @param mostSymbols that one request may name */
    Parameters(int mostSymbols) {
        this.mostSymbols = mostSymbols;
    }

    /** The selection of a live stream: all symbols where none is named. */
    Selection selection(Context request) {
        Set<Symbol> symbols = wanted(request);
        Set<Symbol> every = symbols(request, "every");
        return guarded("conflate", () -> new Selection(symbols, every, interval(request, "conflate")));
    }

    /** The symbols that are asked for: {@code *}, which stands for all, where none is named. */
    Set<Symbol> wanted(Context request) {
        Set<Symbol> symbols = symbols(request, "symbols");
        return symbols.isEmpty() ? Set.of(Symbol.ALL) : symbols;
    }

    /** Where to resume: the header that browsers send when they connect again, or the parameter by which a page begins. */
    Optional<Place> resumeFrom(Context request) {
        return Optional.ofNullable(request.header("Last-Event-ID"))
                .or(() -> Optional.ofNullable(request.queryParam("lastEventId")))
                .filter(id -> !id.isEmpty())
                .map(id -> guarded("Last-Event-ID", () -> Place.parse(id)));
    }

    /** Symbols, comma-separated; none where the parameter is missing. */
    Set<Symbol> symbols(Context request, String name) {
        String text = Optional.ofNullable(request.queryParam(name)).orElse("");
        return symbols(
                name,
                Arrays.stream(text.split(",")).filter(part -> !part.isEmpty()).toList());
    }

    /** Symbols of these names. */
    Set<Symbol> symbols(String parameter, List<String> names) {
        if (names.size() > mostSymbols) {
            throw new ProblemException(
                    Problem.Kind.BAD_REQUEST,
                    parameter + " names " + names.size() + " symbols; at most " + mostSymbols
                            + " may be named, and * stands for all");
        }
        Set<Symbol> symbols = new LinkedHashSet<>();
        names.forEach(name -> symbols.add(guarded(parameter, () -> new Symbol(name))));
        return symbols;
    }

    /** The symbol in the address. */
    static Symbol symbol(Context request) {
        return guarded("the symbol", () -> new Symbol(request.pathParam("symbol")));
    }

    /** A whole number in a range. */
    static int number(Context request, String name, int standard, int least, int most) {
        String text = request.queryParam(name);
        if (text == null || text.isEmpty()) {
            return standard;
        }
        return guarded(name, () -> {
            int value = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
            if (value < least || value > most) {
                throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
            }
            return value;
        });
    }

    /** The interval of bars, such as {@code 5m}. */
    static BarInterval barInterval(Context request, String name, BarInterval standard) {
        String text = request.queryParam(name);
        return text == null || text.isEmpty() ? standard : guarded(name, () -> BarInterval.parse(text));
    }

    /** A time in milliseconds. */
    static Optional<Duration> interval(Context request, String name) {
        return Optional.of(number(request, name, 0, 1, 60_000))
                .filter(millis -> millis > 0)
                .map(Duration::ofMillis);
    }

    private static <T> T guarded(String parameter, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.Kind.BAD_REQUEST, parameter + ": " + e.getMessage());
        }
    }
}
