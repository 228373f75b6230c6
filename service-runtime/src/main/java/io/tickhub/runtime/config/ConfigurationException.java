package io.tickhub.runtime.config;

import java.util.List;

/** The configuration cannot be used. The message tells all mistakes, one a line; the exit code is 2. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param mistakes one sentence each, at least one */
    public ConfigurationException(List<String> mistakes) {
        super(String.join("\n", mistakes));
    }
}
