package io.tickhub.runtime;

import java.util.Optional;

/** The version of the program, from its jar. */
public final class Version {

    /** Such as {@code 0.1.0}; {@code development} where the classes do not come from a jar. */
    public static final String CURRENT = Optional.ofNullable(
                    Version.class.getPackage().getImplementationVersion())
            .orElse("development");

    private Version() {}
}
