package org.regularizedvi.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Holds the option that names a trained model. */
public final class ModelFolder {
  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the trained model.")
  private Path modelDir;

  /** {@return the folder} */
  public Path path() {
    return modelDir;
  }
}
