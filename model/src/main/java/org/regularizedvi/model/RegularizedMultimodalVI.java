package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.input.InputException;

/**
 * Models several modalities of the same cells, each with its own encoders, decoder and terms, and
 * one latent representation.
 *
 * <p>A cell lacks a modality in which it has no counts; that modality's terms are then 0.
 */
public final class RegularizedMultimodalVI extends RegularizedModel {
  RegularizedMultimodalVI(FittedModel fitted) {
    super(fitted);
  }

  /**
   * Makes an untrained model for some cells.
   *
   * @param data cells in memory, of named modalities
   * @param config the options that modalities share, and those of their combination
   * @param seed makes start values, and later the order of cells and all draws
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @return the model at its start values, to be closed by the caller
   * @throws InputException when keys, options and data do not go together
   */
  public static RegularizedMultimodalVI setup(
      CellData data, MultimodalConfig config, long seed, Consumer<String> warnings) {
    return setup(data, config, AmbientProfiles.none(), seed, warnings);
  }

  /**
   * Makes an untrained model for some cells of whose ambient RNA the profile was measured.
   *
   * @param data cells in memory, of named modalities
   * @param config the options that modalities share, and those of their combination
   * @param profiles the measured profiles
   * @param seed makes start values, and later the order of cells and all draws
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @return the model at its start values, to be closed by the caller
   * @throws InputException when keys, options and data do not go together
   */
  public static RegularizedMultimodalVI setup(
      CellData data,
      MultimodalConfig config,
      AmbientProfiles profiles,
      long seed,
      Consumer<String> warnings) {
    return new RegularizedMultimodalVI(
        FittedModel.setup(
            data, config.shared(), Optional.of(config.options()), profiles, seed, warnings));
  }

  /**
   * Reads a saved model.
   *
   * @param modelDir a model folder
   * @return the model, to be closed by the caller
   * @throws InputException when the folder holds none or one of a single modality, or a tensor does
   *     not fit, naming it
   */
  public static RegularizedMultimodalVI load(Path modelDir) {
    RegularizedModel model = RegularizedModel.load(modelDir);
    if (model instanceof RegularizedMultimodalVI multimodal) {
      return multimodal;
    }
    model.close();
    throw new InputException(
        "%s holds an AmbientRegularizedSCVI; expected a RegularizedMultimodalVI."
            .formatted(modelDir));
  }

  /** {@return the options that modalities share, and those of their combination} */
  public MultimodalConfig config() {
    return new MultimodalConfig(
        fitted().setup().config(), fitted().setup().multimodal().orElseThrow());
  }
}
