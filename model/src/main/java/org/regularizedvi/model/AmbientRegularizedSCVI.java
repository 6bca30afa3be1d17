package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.term.LearnedTerms;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.input.InputException;

/** Models cells of one modality. */
public final class AmbientRegularizedSCVI extends RegularizedModel {
  AmbientRegularizedSCVI(FittedModel fitted) {
    super(fitted);
  }

  /**
   * Begins to load the libraries of the engine and to compile what it runs most, on a thread of its
   * own: called before data are read, it spares the first steps of training that wait. Results do
   * not depend on it.
   */
  public static void prepare() {
    Thread thread = new Thread(() -> Engines.current().prepare(), "regularizedvi-prepare");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Makes an untrained model for some cells.
   *
   * @param data cells in memory, of one modality named ""
   * @param config the options of the model
   * @param seed makes start values, and later the order of cells and all draws
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @return the model at its start values, to be closed by the caller
   * @throws InputException when keys, options and data do not go together
   */
  public static AmbientRegularizedSCVI setup(
      CellData data, ModelConfig config, long seed, Consumer<String> warnings) {
    return setup(data, config, AmbientProfiles.none(), seed, warnings);
  }

  /**
   * Makes an untrained model for some cells of whose ambient RNA the profile was measured.
   *
   * @param data cells in memory, of one modality named ""
   * @param config the options of the model
   * @param profiles the measured profiles
   * @param seed makes start values, and later the order of cells and all draws
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @return the model at its start values, to be closed by the caller
   * @throws InputException when keys, options and data do not go together
   */
  public static AmbientRegularizedSCVI setup(
      CellData data,
      ModelConfig config,
      AmbientProfiles profiles,
      long seed,
      Consumer<String> warnings) {
    return new AmbientRegularizedSCVI(
        FittedModel.setup(data, config, Optional.empty(), profiles, seed, warnings));
  }

  /**
   * Reads a saved model.
   *
   * @param modelDir a model folder
   * @return the model, to be closed by the caller
   * @throws InputException when the folder holds none or one of several modalities, or a tensor
   *     does not fit, naming it
   */
  public static AmbientRegularizedSCVI load(Path modelDir) {
    RegularizedModel model = RegularizedModel.load(modelDir);
    if (model instanceof AmbientRegularizedSCVI single) {
      return single;
    }
    model.close();
    throw new InputException(
        "%s holds a RegularizedMultimodalVI; expected an AmbientRegularizedSCVI."
            .formatted(modelDir));
  }

  /** {@return the options of the model} */
  public ModelConfig config() {
    return fitted().setup().config();
  }

  /** {@return the names of its features, in the order of the model} */
  public List<String> features() {
    return features("");
  }

  /** {@return what was learned of the features: background, dispersion and scaling} */
  public LearnedTerms learnedTerms() {
    return learnedTerms("");
  }

  /** {@return the SHA-256 of the counts that the model was set up with, in hexadecimal} */
  public String dataDigest() {
    return fitted().setup().modalities().getFirst().dataDigest();
  }
}
