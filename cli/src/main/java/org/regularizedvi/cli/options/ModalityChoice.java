package org.regularizedvi.cli.options;

import java.util.List;
import picocli.CommandLine.Option;

/** Holds the option that says which of several modalities a command takes. */
public final class ModalityChoice {
  @Option(
      names = "--modalities",
      paramLabel = "NAME,..",
      description = "Of several modalities, those to take (default: all of the file).")
  private KeyList modalities = KeyList.NONE;

  /** {@return the modalities named, none for all of the file} */
  public List<String> modalities() {
    return modalities.keys();
  }
}
