package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import picocli.CommandLine.Option;

/** Holds the option that says what cells have in the slices of modalities that they lack. */
public final class SliceOption {
  @Option(
      names = "--missing-slices",
      paramLabel = "HOW",
      description =
          "With latents side by side, what to write into the slice of a modality that a cell lacks."
              + " predicted: what the cell's other slices make one expect; encoded: what the encoder"
              + " makes of no counts, the same for all such cells (default: predicted).")
  private Optional<MissingSlices> slices = Optional.empty();

  /**
   * Checks that the option is only given to a model that has slices.
   *
   * @param model the model that is asked
   * @throws InputException when it is given to another
   */
  public void require(RegularizedModel model) {
    if (slices.isPresent() && !model.sideBySide()) {
      throw new InputException(
          "--missing-slices is for models of several modalities with their latents side by side"
              + " (--latent-mode concatenation), but this model has one latent for all.");
    }
  }

  /** {@return what such slices hold} */
  public MissingSlices chosen() {
    return slices.orElse(MissingSlices.PREDICTED);
  }
}
