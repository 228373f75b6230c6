/** The {@code tickhub} command: one class for each subcommand. */
package io.tickhub.cli;
