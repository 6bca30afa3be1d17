package org.regularizedvi.spark.input;

import java.util.Optional;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.JoinOption;
import org.regularizedvi.cli.options.Reading;
import org.regularizedvi.samples.FeatureJoin;
import picocli.CommandLine.Mixin;

/** Holds the options that say how files of cells are read. */
public final class FileOptions {
  @Mixin private JoinOption join;
  @Mixin private CountOptions counts;

  /** {@return which features of several files are taken; empty where nothing was said} */
  public Optional<FeatureJoin> join() {
    return join.chosen();
  }

  /** {@return how each is read} */
  public Reading reading() {
    return counts.toReading();
  }
}
