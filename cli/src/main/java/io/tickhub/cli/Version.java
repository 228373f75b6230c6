package io.tickhub.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. No state. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"tickhub " + io.tickhub.runtime.Version.CURRENT};
    }
}
