package org.regularizedvi.cli.options;

import picocli.CommandLine.Option;

/** Holds {@code --help}, which every command has. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;
}
