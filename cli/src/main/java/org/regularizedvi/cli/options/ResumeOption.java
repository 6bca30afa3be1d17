package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Holds {@code --resume-from}: a model to go on with in place of a new one. */
public final class ResumeOption {
  @Option(
      names = "--resume-from",
      paramLabel = "DIR",
      description =
          "Go on training the model in this folder: its parameters, keys, options, seed and split; the"
              + " optimiser and the KL weight start anew.")
  private Optional<Path> folder = Optional.empty();

  /** {@return the model's folder; empty for a new model} */
  public Optional<Path> folder() {
    return folder;
  }
}
