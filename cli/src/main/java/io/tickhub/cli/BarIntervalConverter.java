package io.tickhub.cli;

import io.tickhub.model.BarInterval;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 1m} from a command line. No state. */
final class BarIntervalConverter implements ITypeConverter<BarInterval> {

    @Override
    public BarInterval convert(String text) {
        try {
            return BarInterval.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
