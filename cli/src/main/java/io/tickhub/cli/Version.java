package io.tickhub.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, from the jar's manifest. No state. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "tickhub "
                    + Objects.requireNonNullElse(
                            Tickhub.class.getPackage().getImplementationVersion(), "(not packaged)")
        };
    }
}
