package org.regularizedvi.cli.options;

import org.regularizedvi.core.config.Preset;
import picocli.CommandLine.Option;

/** {@code --preset}: what the options of a model are when they are not given. */
public final class PresetOption {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "recommended, or published: the model as first published, without the options marked *; options given beside it win (default: recommended).")
  private Preset preset = Preset.RECOMMENDED;

  public Preset preset() {
    return preset;
  }
}
