package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.samples.FeatureJoin;
import picocli.CommandLine.Option;

/** Holds the option that says which features of several inputs are taken. */
public final class JoinOption {
  @Option(
      names = "--join-features",
      paramLabel = "WHICH",
      description =
          "Of several inputs: intersection, the features that all of them have, or union, those of"
              + " any (default: intersection).")
  private Optional<FeatureJoin> join = Optional.empty();

  /** {@return which features; empty where nothing was said} */
  public Optional<FeatureJoin> chosen() {
    return join;
  }
}
