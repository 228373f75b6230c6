package io.tickhub.cli;

import io.tickhub.model.ClientId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a client's name from a command line. No state. */
final class ClientIdConverter implements ITypeConverter<ClientId> {

    @Override
    public ClientId convert(String text) {
        try {
            return new ClientId(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + Printable.line(text) + "' is no client's name: " + e.getMessage());
        }
    }
}
