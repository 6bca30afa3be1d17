package org.regularizedvi.core.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.machine.Machine;

/**
 * Holds the content of {@code model.json}: everything of a model but its weights, and where it came
 * from.
 *
 * @param format the version of this layout
 * @param model the kind of model
 * @param version the version of the program that wrote it
 * @param seed the seed of the model
 * @param config the options of the model
 * @param multimodal the options that modalities do not have in common; empty in a model of one
 * @param training the options of training, empty before it
 * @param keys which column of obs plays which role
 * @param categories the categories of each key
 * @param modalities what belongs to each modality
 * @param input what was taken of the file of the cells that it was made for
 * @param machine the machine that the model was saved on
 * @param history the values of each metric, one per epoch
 * @param keptEpoch the epoch, counted from 1, whose parameters the model has; 0 before any
 */
record ModelRecord(
    int format,
    String model,
    String version,
    long seed,
    ModelConfig config,
    Optional<MultimodalOptions> multimodal,
    Optional<TrainConfig> training,
    CovariateKeys keys,
    Map<String, List<String>> categories,
    List<ModalityRecord> modalities,
    InputChoices input,
    Machine machine,
    Map<String, double[]> history,
    int keptEpoch) {

  static final int FORMAT = 8;
  static final String SINGLE = "AmbientRegularizedSCVI";
  static final String MULTIMODAL = "RegularizedMultimodalVI";

  /**
   * Holds what belongs to one modality.
   *
   * @param name empty in a model of a single one
   * @param libraryLogMeans prior means of the log library size, centred when so configured, by
   *     category
   * @param libraryLogVars prior variances, weighted
   * @param libraryGlobalLogMean mean of the prior means before centring, 0 when not centred
   * @param libraryLogSensitivity what they average to after it, 0 when not centred
   * @param dispersionHyperPriorMean as configured, or from data
   * @param dataDigest SHA-256 of the counts it was set up with
   */
  record ModalityRecord(
      String name,
      float[] libraryLogMeans,
      float[] libraryLogVars,
      float libraryGlobalLogMean,
      float libraryLogSensitivity,
      double dispersionHyperPriorMean,
      List<String> features,
      String dataDigest) {}
}
