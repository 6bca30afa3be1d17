package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where training puts what it makes. */
public final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "OUT",
      description = "Copy of INPUT with the latent representation and the learned terms.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--model-dir", paramLabel = "DIR", description = "Folder for the trained model.")
  private Optional<Path> modelDir = Optional.empty();

  @Option(names = "--overwrite", description = "Replace outputs that exist.")
  private boolean overwrite;

  @Mixin private MapOptions map;

  public Outputs toOutputs(Keeping keeping) {
    return new Outputs(out, modelDir, overwrite, Optional.of(keeping), map);
  }
}
