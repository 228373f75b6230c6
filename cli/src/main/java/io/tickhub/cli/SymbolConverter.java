package io.tickhub.cli;

import io.tickhub.model.Symbol;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a symbol from a command line. No state. */
final class SymbolConverter implements ITypeConverter<Symbol> {

    @Override
    public Symbol convert(String text) {
        try {
            return new Symbol(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
