package org.regularizedvi.cli.options;

import org.regularizedvi.core.config.Preset;
import picocli.CommandLine.Option;

/**
 * Holds {@code --preset}: the set of values that the options of a model have when they are not
 * given.
 */
public final class PresetOption {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "recommended, or published: the model as first published, without the options marked *; options given beside it win (default: recommended).")
  private Preset preset = Preset.RECOMMENDED;

  /** {@return the set that was chosen} */
  public Preset preset() {
    return preset;
  }
}
