package io.tickhub.cli;

import io.tickhub.model.From;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads from a command line where a subscription begins. No state. */
final class FromConverter implements ITypeConverter<From> {

    @Override
    public From convert(String text) {
        try {
            return From.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
