package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.data.InputException;
import picocli.CommandLine.Option;

/** How a training run is carried out. */
public final class RunOptions {
  /** Read by {@link ConfigFile} before the other options; stands here for the help. */
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options from a YAML file, by the same names; the command line wins.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  public long seed() {
    return seed;
  }

  /** Sets what holds for the process. */
  public void apply() {
    if (threads < 1) {
      throw new InputException("threads must be at least 1, but is %d.".formatted(threads));
    }
  }
}
