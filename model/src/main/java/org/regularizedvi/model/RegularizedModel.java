package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.FileCells;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.core.result.DifferentialPlan;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.core.store.OptionTree;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.TrainingNote;
import org.regularizedvi.core.term.LearnedTerms;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.TrainListener;
import org.regularizedvi.training.continuation.Checkpointing;

/**
 * A model of one or of several modalities: trained, asked, saved, loaded. It owns native memory
 * until closed.
 *
 * <p>Everything random is a function of the seed: the same seed, data and options give the same
 * bits. Questions go through the cells of a file, most of them once, whose features may stand in
 * any order, and throw {@link InputException} when a feature, key or category that the model needs
 * is missing.
 */
public abstract sealed class RegularizedModel implements AutoCloseable
    permits AmbientRegularizedSCVI, RegularizedMultimodalVI {
  private final FittedModel fitted;

  RegularizedModel(FittedModel fitted) {
    this.fitted = fitted;
  }

  /**
   * Reads a saved model of either kind.
   *
   * @throws InputException when the folder holds none, or a tensor does not fit, naming it
   */
  public static RegularizedModel load(Path modelDir) {
    return of(FittedModel.load(modelDir));
  }

  private static RegularizedModel of(FittedModel fitted) {
    return fitted.setup().multimodal().isPresent()
        ? new RegularizedMultimodalVI(fitted)
        : new AmbientRegularizedSCVI(fitted);
  }

  /**
   * Trains on the cells that the model was set up with.
   *
   * @return the history, one entry an epoch
   */
  public final History train(CellData data, TrainConfig options, TrainListener listener) {
    return fitted.train(data, options, listener, Optional.empty());
  }

  /**
   * Trains with checkpoints, and goes on from one when the folder holds one of the same training:
   * to the same bits as without.
   *
   * @throws InputException naming what differs when it holds one of another training
   * @throws StoppedException when it was asked to stop
   */
  public final History train(
      CellData data, TrainConfig options, TrainListener listener, Checkpointing checkpointing) {
    return fitted.train(data, options, listener, Optional.of(checkpointing));
  }

  /**
   * Makes a model that also knows the categories which some of a file's cells have and this one has
   * not seen (scArches, Lotfollahi et al. 2022). What belongs to new categories is learned from the
   * cells that have them; everything else stays as it is here, to the bit, and so do the latent
   * representation and library sizes of cells of known categories.
   *
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @return the larger model, this one's equal where it is asked about known categories; its
   *     history and training options are those of this training
   * @throws InputException when no category is new, or the cells do not fit the model
   */
  public final RegularizedModel extend(
      CellSource source, TrainConfig options, TrainListener listener, Consumer<String> warnings) {
    return of(Extension.of(fitted, source, options, listener, warnings));
  }

  /** Encodes cells; the slices of modalities that they lack are predicted where the model can. */
  public final Embedding embed(CellSource source) {
    return embed(source, MissingSlices.PREDICTED);
  }

  /**
   * Encodes cells.
   *
   * @param slices what latents side by side hold of a modality that a cell lacks; a model that was
   *     imported, or saved by a version that knew no prediction, can only encode
   */
  public final Embedding embed(CellSource source, MissingSlices slices) {
    return ask(source, cells -> fitted.questions().embed(cells, slices));
  }

  /** Whether each of several modalities has a slice of the latent representation. */
  public final boolean sideBySide() {
    return fitted.sideBySide();
  }

  /** Says which latent dimensions move each modality's expected counts. */
  public final Attribution attribute(CellSource source) {
    return ask(source, fitted.questions()::attribute);
  }

  /**
   * Says what cells express in each modality; close what it returns.
   *
   * @throws InputException when the model has no such feature, key or category
   */
  public final Expression express(CellSource source, ExpressionPlan plan) {
    return ask(source, cells -> fitted.questions().express(cells, plan));
  }

  /**
   * Draws the counts that the model would give cells, and says with which rates and dispersions;
   * close what it returns.
   *
   * @throws InputException when the model has no such feature, or no background to leave out
   */
  public final Prediction predict(CellSource source, PredictionPlan plan) {
    return ask(source, cells -> fitted.questions().predict(cells, plan));
  }

  /**
   * Says which share of each cell's counts is expected to be ambient, by modality: what {@link
   * #correct} says, without the corrected counts.
   *
   * @return empty for a model without background; NaN for a cell without counts
   */
  public final SequencedMap<String, double[]> ambientFractions(CellSource source) {
    return ask(source, fitted.questions()::ambientFractions);
  }

  /**
   * Takes the expected ambient part off the counts of those modalities that have a background;
   * close what it returns.
   *
   * @throws InputException when none has
   */
  public final Correction correct(CellSource source, CorrectionPlan plan) {
    return ask(source, cells -> fitted.questions().correct(cells, plan));
  }

  /**
   * Says in which features groups of cells differ; goes through the cells several times.
   *
   * @throws InputException when a column, group, key or category does not exist, or a group has too
   *     few cells
   */
  public final DifferentialTable differentialExpression(CellSource source, DifferentialPlan plan) {
    return fitted.questions().compare(source, plan);
  }

  /**
   * Estimates log p(x) of each cell by importance weighting; nats.
   *
   * @throws InputException when there is not at least one sample
   */
  public final double[] marginalLogLikelihood(CellSource source, int samples, long drawSeed) {
    return ask(source, cells -> fitted.questions().marginalLogLikelihood(cells, samples, drawSeed));
  }

  /** Says how well the model explains cells. */
  public final Evaluation evaluate(CellSource source, long drawSeed) {
    return ask(source, cells -> fitted.questions().evaluate(cells, drawSeed));
  }

  /**
   * Says how well the model explains cells, and what it makes of them.
   *
   * @param perFeature whether features are asked about one by one, which takes longer
   */
  public final Diagnosis diagnose(CellSource source, long drawSeed, boolean perFeature) {
    return ask(source, cells -> fitted.questions().diagnose(cells, drawSeed, perFeature));
  }

  private <T> T ask(CellSource source, Function<FileCells, T> question) {
    try (FileCells cells = FileCells.open(source, schema(), fitted.setup().modalities())) {
      return question.apply(cells);
    }
  }

  /** The modalities' names, sorted; "" that of a single one. */
  public final List<String> modalities() {
    return fitted.setup().modalities().stream().map(StoredModality::name).toList();
  }

  /** The features of a modality. */
  public final List<String> features(String modality) {
    return fitted.setup().modalities().get(place(modality)).features();
  }

  /** What was learned of a modality's features. */
  public final LearnedTerms learnedTerms(String modality) {
    return fitted.questions().learnedTerms(place(modality));
  }

  private int place(String modality) {
    int place = modalities().indexOf(modality);
    if (place < 0) {
      throw new IllegalArgumentException(
          "no modality '%s' among %s".formatted(modality, modalities()));
    }
    return place;
  }

  public final History history() {
    return fitted.history();
  }

  public final Optional<TrainConfig> trainConfig() {
    return fitted.trainConfig();
  }

  public final Schema schema() {
    return fitted.setup().schema();
  }

  /** Every option of the model and its training by its name in Python. */
  public final Tree.Dict options() {
    return (Tree.Dict) OptionTree.of(fitted.setup(), fitted.trainConfig());
  }

  /**
   * The inverse dispersion at which the prior alone would put every feature: the square of the mean
   * of lambda, as 1/sqrt(theta) is of Exponential(lambda).
   */
  public final double priorDispersion() {
    double rate = fitted.setup().config().priors().dispersionHyperPrior().rate();
    return rate * rate;
  }

  public final long seed() {
    return fitted.setup().seed();
  }

  /** Estimates what training it on some cells will need. */
  public final RunEstimate estimate(CellData data, TrainConfig options) {
    return RunEstimate.of(data, fitted.setup().config(), fitted.setup().multimodal(), options);
  }

  /** Writes the model's folder: whole, or not at all. */
  public final void save(Path modelDir, IfExists ifExists) {
    fitted.save(modelDir, Optional.empty(), ifExists);
  }

  /** Writes the model's folder with a note of its training: whole, or not at all. */
  public final void save(Path modelDir, TrainingNote note, IfExists ifExists) {
    fitted.save(modelDir, Optional.of(note), ifExists);
  }

  /** What both kinds are. */
  final FittedModel fitted() {
    return fitted;
  }

  @Override
  public final void close() {
    fitted.close();
  }
}
