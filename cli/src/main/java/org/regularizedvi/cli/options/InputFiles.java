package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holds the files of cells that a command reads. */
public final class InputFiles {
  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "File or folder of raw counts: .h5ad, .h5mu, .zarr, .loom, a matrix of 10x Genomics, or .rvi,"
              + " which prepare makes."
              + " Several are one data set, with obs column sample; so is a sample sheet (.csv with"
              + " the columns path and name, and any others for obs).")
  private List<Path> files;

  @Mixin private JoinOption join;

  /** {@return the files; what they are is looked at when they are opened} */
  public Inputs toInputs() {
    return new Inputs(files, join.chosen());
  }
}
