package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.cli.reporting.ReportFiles;
import org.regularizedvi.files.IfExists;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds the options that say where training puts what it makes. */
public final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "OUT",
      description =
          "Copy of INPUT with the latent representation and the learned terms; of several inputs, a"
              + " new file with all cells.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "In place of --out: folder for a copy of each of several inputs.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--model-dir", paramLabel = "DIR", description = "Folder for the trained model.")
  private Optional<Path> modelDir = Optional.empty();

  @Option(names = "--overwrite", description = "Replace outputs that exist.")
  private boolean overwrite;

  @Mixin private MapOptions map;
  @Mixin private LatentOutput latents;

  @Option(
      names = "--report",
      paramLabel = "RUN.html",
      description = "Page that shows whether the training worked, for any browser.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--metrics-out",
      paramLabel = "DIR",
      description =
          "Folder for metrics.json, metrics.csv and regularizedvi_mqc.json, which MultiQC reads.")
  private Optional<Path> metrics = Optional.empty();

  /**
   * {@return the outputs of a training}
   *
   * @param keeping how checkpoints are kept
   * @throws org.regularizedvi.input.InputException when the report's name does not end in .html
   */
  public Outputs toOutputs(Keeping keeping) {
    return new Outputs(
        CopyOutput.destination(out, folder),
        modelDir,
        IfExists.replaceIf(overwrite),
        Optional.of(keeping),
        map,
        latents,
        new ReportFiles(report, metrics));
  }
}
