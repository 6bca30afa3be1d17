package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Holds {@code --config}, which {@link ConfigFile} has read before; it stands here for the help.
 */
public final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options from a YAML file, by the same names; the command line wins.")
  private Optional<Path> config = Optional.empty();
}
