package io.tickhub.cli;

/** What the command's exit code tells a script. */
final class ExitCode {

    static final int OK = 0;
    /** Something did not work. */
    static final int FAILED = 1;
    /** The command line or the configuration is wrong; nothing was done. */
    static final int USAGE = 2;
    /** No hub is there, or it did not answer in time. */
    static final int NO_HUB = 3;

    private ExitCode() {}
}
