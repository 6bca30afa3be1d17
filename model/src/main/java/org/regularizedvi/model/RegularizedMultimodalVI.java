package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.MuDataFile;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.model.checkpoint.StoredModality;
import org.regularizedvi.model.config.MultimodalConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.train.TrainListener;

/**
 * The model of several modalities of the same cells, each with its own encoders, decoder and terms,
 * and one latent representation: set up with data and options, trained, asked, saved, loaded. It
 * owns native memory until closed.
 *
 * <p>A cell lacks a modality in which it has no counts; that modality's terms are then 0.
 */
public final class RegularizedMultimodalVI implements AutoCloseable {
  private final FittedModel fitted;

  private RegularizedMultimodalVI(FittedModel fitted) {
    this.fitted = fitted;
  }

  /**
   * Makes an untrained model for some cells.
   *
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @throws InputException when keys, options and data do not go together
   */
  public static RegularizedMultimodalVI setup(
      CellData data, MultimodalConfig config, long seed, Consumer<String> warnings) {
    return new RegularizedMultimodalVI(
        FittedModel.setup(data, config.shared(), Optional.of(config.options()), seed, warnings));
  }

  /**
   * Reads a saved model.
   *
   * @throws InputException when the folder holds none or one of a single modality, or a tensor does
   *     not fit, naming it
   */
  public static RegularizedMultimodalVI load(Path modelDir) {
    FittedModel fitted = FittedModel.load(modelDir);
    if (fitted.setup().multimodal().isEmpty()) {
      fitted.close();
      throw new InputException(
          "%s holds an AmbientRegularizedSCVI; expected a RegularizedMultimodalVI."
              .formatted(modelDir));
    }
    return new RegularizedMultimodalVI(fitted);
  }

  /**
   * Trains on the cells that the model was set up with.
   *
   * @return the history, one entry an epoch
   */
  public History train(CellData data, TrainConfig options, TrainListener listener) {
    return fitted.train(data, options, listener);
  }

  /**
   * Encodes the cells of a file, streamed: its features may stand in any order.
   *
   * @param layers where a modality has its counts, X where it is not named
   */
  public Embedding embed(MuDataFile file, Map<String, CountSource> layers, CountChecks checks) {
    try (FileCells cells = cells(file, layers, checks)) {
      return fitted.embed(cells);
    }
  }

  /** Says which latent dimensions move each modality's expected counts, streamed. */
  public Attribution attribute(
      MuDataFile file, Map<String, CountSource> layers, CountChecks checks) {
    try (FileCells cells = cells(file, layers, checks)) {
      return fitted.attribute(cells);
    }
  }

  /**
   * Says what the cells of a file express in each modality, streamed; close what it returns.
   *
   * @throws InputException when the model has no such feature, key or category
   */
  public Expression express(
      MuDataFile file, Map<String, CountSource> layers, CountChecks checks, ExpressionPlan plan) {
    try (FileCells cells = cells(file, layers, checks)) {
      return fitted.express(cells, plan);
    }
  }

  /**
   * Takes the expected ambient part off the counts of those modalities that have a background,
   * streamed; close what it returns.
   *
   * @throws InputException when none has
   */
  public Correction correct(
      MuDataFile file, Map<String, CountSource> layers, CountChecks checks, CorrectionPlan plan) {
    try (FileCells cells = cells(file, layers, checks)) {
      return fitted.correct(cells, plan);
    }
  }

  /**
   * Estimates log p(x) of each cell of a file by importance weighting, streamed; nats.
   *
   * @throws InputException when there is not at least one sample
   */
  public double[] marginalLogLikelihood(
      MuDataFile file,
      Map<String, CountSource> layers,
      CountChecks checks,
      int samples,
      long drawSeed) {
    try (FileCells cells = cells(file, layers, checks)) {
      return fitted.marginalLogLikelihood(cells, samples, drawSeed);
    }
  }

  /** Says how well the model explains the cells of a file, streamed. */
  public Evaluation evaluate(
      MuDataFile file, Map<String, CountSource> layers, CountChecks checks, long drawSeed) {
    try (FileCells cells = cells(file, layers, checks)) {
      return fitted.evaluate(cells, drawSeed);
    }
  }

  /**
   * Says how well the model explains the cells of a file, streamed, and what it makes of them.
   *
   * @param perFeature whether features are asked about one by one, which takes longer
   */
  public Diagnosis diagnose(
      MuDataFile file,
      Map<String, CountSource> layers,
      CountChecks checks,
      long drawSeed,
      boolean perFeature) {
    try (FileCells cells = cells(file, layers, checks)) {
      return fitted.diagnose(cells, drawSeed, perFeature);
    }
  }

  private FileCells cells(MuDataFile file, Map<String, CountSource> layers, CountChecks checks) {
    return FileCells.open(file, layers, checks, schema(), fitted.setup().modalities());
  }

  /** The modalities' names, sorted. */
  public List<String> modalities() {
    return fitted.setup().modalities().stream().map(StoredModality::name).toList();
  }

  /** What was learned of each modality's features. */
  public SequencedMap<String, LearnedTerms> learnedTerms() {
    SequencedMap<String, LearnedTerms> terms = new LinkedHashMap<>();
    for (String name : modalities()) {
      terms.put(name, fitted.learnedTerms(terms.size()));
    }
    return terms;
  }

  /** The features of each modality. */
  public SequencedMap<String, List<String>> features() {
    SequencedMap<String, List<String>> features = new LinkedHashMap<>();
    fitted.setup().modalities().forEach(own -> features.put(own.name(), own.features()));
    return features;
  }

  public History history() {
    return fitted.history();
  }

  public MultimodalConfig config() {
    return new MultimodalConfig(fitted.setup().config(), fitted.setup().multimodal().orElseThrow());
  }

  public Optional<TrainConfig> trainConfig() {
    return fitted.trainConfig();
  }

  public Schema schema() {
    return fitted.setup().schema();
  }

  public long seed() {
    return fitted.setup().seed();
  }

  /** Writes the model's folder: whole, or not at all. */
  public void save(Path modelDir, boolean overwrite) {
    fitted.save(modelDir, overwrite);
  }

  /** What it shares with models of one modality. */
  FittedModel fitted() {
    return fitted;
  }

  @Override
  public void close() {
    fitted.close();
  }
}
