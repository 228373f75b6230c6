package io.tickhub.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a dead letter's number from a command line. No state. */
final class DlqNumberConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new TypeConversionException(
                "'" + Printable.line(text) + "' is not the number of a dead letter, such as 17");
    }
}
