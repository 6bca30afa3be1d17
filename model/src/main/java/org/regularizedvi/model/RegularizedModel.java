package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.regularizedvi.answers.DiagnosisSums;
import org.regularizedvi.answers.LatentRepresentation;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.result.CovariateEffects;
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
import org.regularizedvi.engine.LostPeerException;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.TrainListener;
import org.regularizedvi.training.continuation.Checkpointing;

/**
 * Models cells of one or of several modalities: is trained, asked, saved, loaded. It owns native
 * memory until closed.
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
   * @param modelDir a model folder
   * @return the model, to be closed by the caller
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
   * @param data the cells that it was set up with
   * @param options of the training
   * @param listener is told how training goes, on the calling thread
   * @return the history, one entry per epoch
   * @throws InputException when the data have other features, or the loss or a gradient is not
   *     finite
   */
  public final History train(CellData data, TrainConfig options, TrainListener listener) {
    return fitted.train(data, options, listener, Optional.empty(), Peers.none());
  }

  /**
   * Trains with checkpoints, and goes on from one when the folder holds one of the same training:
   * to the same bits as without.
   *
   * @param data the cells that it was set up with
   * @param options of the training
   * @param listener is told how training goes, on the calling thread
   * @param checkpointing where and when checkpoints are kept, and when to stop
   * @return the history, one entry per epoch
   * @throws StoppedException when it was asked to stop
   * @throws InputException naming what differs when the folder holds a checkpoint of another
   *     training, or when the loss or a gradient is not finite
   */
  public final History train(
      CellData data, TrainConfig options, TrainListener listener, Checkpointing checkpointing) {
    return fitted.train(data, options, listener, Optional.of(checkpointing), Peers.none());
  }

  /**
   * Trains together with other workers, which have set the same model up for the same data and call
   * this too: each computes a part of the features. All end with the model that one worker alone
   * ends with, to the bit.
   *
   * @param data the cells that it was set up with
   * @param options of the training
   * @param listener is told how training goes, on the calling thread
   * @param checkpointing where and when worker 0 keeps checkpoints, and when to stop; empty for
   *     none, and on all other workers, which must be able to read what worker 0 keeps
   * @param peers the workers; to be closed by the caller, also when this throws, so that the others
   *     end
   * @return the history, one entry per epoch, the same on all workers
   * @throws StoppedException on all workers when worker 0 was asked to stop
   * @throws LostPeerException when another worker has ended
   * @throws InputException naming the worker that trains something else than worker 0, or what
   *     differs when the folder holds a checkpoint of another training, or when the loss or a
   *     gradient is not finite
   */
  public final History train(
      CellData data,
      TrainConfig options,
      TrainListener listener,
      Optional<Checkpointing> checkpointing,
      Peers peers) {
    return fitted.train(data, options, listener, checkpointing, peers);
  }

  /**
   * Makes a model that also knows the categories which some of a file's cells have and this one has
   * not seen (scArches, Lotfollahi et al. 2022). What belongs to new categories is learned from the
   * cells that have them; everything else stays as it is here, to the bit, and so do the latent
   * representation and library sizes of cells of known categories.
   *
   * @param source the cells, of which some have new categories
   * @param options of the training of what belongs to new categories
   * @param listener is told how training goes, on the calling thread
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @return the larger model, to be closed by the caller: this one's equal where it is asked about
   *     known categories; its history and training options are those of this training
   * @throws InputException when no category is new, or the cells do not fit the model
   */
  public final RegularizedModel extend(
      CellSource source, TrainConfig options, TrainListener listener, Consumer<String> warnings) {
    Inquiry.requireCounts(source);
    return of(Extension.of(fitted, source, options, listener, warnings));
  }

  /**
   * Encodes cells; the slices of modalities that they lack are predicted where the model can.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @return z and library sizes, a row for each cell
   */
  public final Embedding embed(CellSource source) {
    return embed(source, MissingSlices.PREDICTED);
  }

  /**
   * Encodes cells.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param slices whether latents side by side hold a prediction of the slice of a modality that a
   *     cell lacks; a model that was imported, or saved by a version that knew no prediction, can
   *     only encode
   * @return z and library sizes, a row for each cell
   */
  public final Embedding embed(CellSource source, MissingSlices slices) {
    return inquiry().ask(source, (questions, cells) -> questions.embed(cells, slices));
  }

  /**
   * Requires that the latents of all cells of a file fit a matrix in memory.
   *
   * @param source the cells
   * @throws InputException when they do not
   */
  public final void requireRoom(CellSource source) {
    LatentRepresentation.requireRoom(fitted.spec(), source.cells().nObs());
  }

  /** {@return whether each of several modalities has a slice of the latent representation} */
  public final boolean sideBySide() {
    return fitted.sideBySide();
  }

  /**
   * Says which latent dimensions move each modality's expected counts.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @return for each modality, cells x latent dimensions of mean absolute derivatives of expected
   *     counts
   */
  public final Attribution attribute(CellSource source) {
    return inquiry().ask(source, Questions::attribute);
  }

  /**
   * Says what each covariate does, along each of the ways in which it enters the model.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @return for each modality, what the parameters say of each covariate, the library sizes of
   *     groups of these cells, and each feature's mean rho over them
   */
  public final CovariateEffects covariateEffects(CellSource source) {
    return inquiry().ask(source, Questions::covariateEffects);
  }

  /**
   * Decodes the expression of cells in each modality; close what it returns.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param plan which features, library size and categories, and how many draws
   * @return rho times the library size, a row for each cell
   * @throws InputException when the model has no such feature, key or category
   */
  public final Expression express(CellSource source, ExpressionPlan plan) {
    return inquiry().ask(source, (questions, cells) -> questions.express(cells, plan));
  }

  /**
   * Draws the counts that the model would give cells, and says with which rates and dispersions;
   * close what it returns.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param plan which quantities of which features, and how many draws
   * @return the predictions of each modality, a row for each cell
   * @throws InputException when the model has no such feature, or no background to leave out
   */
  public final Prediction predict(CellSource source, PredictionPlan plan) {
    return inquiry().ask(source, (questions, cells) -> questions.predict(cells, plan));
  }

  /**
   * Estimates the share of each cell's counts that is ambient, by modality: the same as {@link
   * #correct} does with {@code AmbientAmount.CELL}, without the corrected counts.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @return shares in [0, 1], one per cell; empty for a model without background; NaN for a cell
   *     without counts
   */
  public final SequencedMap<String, double[]> ambientFractions(CellSource source) {
    return inquiry().askOfCounts(source, Questions::ambientFractions);
  }

  /**
   * Takes the expected ambient part off the counts of those modalities that have a background;
   * close what it returns.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param plan how a count becomes its native part
   * @return corrected counts and ambient shares, a row for each cell
   * @throws InputException when no modality has a background
   */
  public final Correction correct(CellSource source, CorrectionPlan plan) {
    return inquiry().askOfCounts(source, (questions, cells) -> questions.correct(cells, plan));
  }

  /**
   * Compares groups of cells feature by feature; goes through the cells several times.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param plan which groups, by which question and samples
   * @return one row per contrast and feature
   * @throws InputException when a column, group, key or category does not exist, or a group has too
   *     few cells
   */
  public final DifferentialTable differentialExpression(CellSource source, DifferentialPlan plan) {
    Inquiry.requireCounts(source);
    return fitted.questions().compare(source, plan);
  }

  /**
   * Estimates log p(x) of each cell by importance weighting.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param samples draws of z and l per cell, at least 1
   * @param drawSeed makes the draws
   * @return one number per cell, nats
   * @throws InputException when there is not at least one sample
   */
  public final double[] marginalLogLikelihood(CellSource source, int samples, long drawSeed) {
    return inquiry()
        .askOfCounts(
            source,
            (questions, cells) -> questions.marginalLogLikelihood(cells, samples, drawSeed));
  }

  /**
   * Measures how well the model explains cells: the evidence lower bound, term by term.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param drawSeed makes the draws of z and l, one per cell
   * @return sums over the cells, nats
   */
  public final Evaluation evaluate(CellSource source, long drawSeed) {
    return inquiry().askOfCounts(source, (questions, cells) -> questions.evaluate(cells, drawSeed));
  }

  /**
   * Measures how well the model explains cells, and what it makes of them.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param drawSeed makes the draws of z and l, one per cell
   * @param perFeature whether features are asked about one by one, which takes longer
   * @return the evaluation and, for each modality, the shares of the background and the fit of its
   *     features
   */
  public final Diagnosis diagnose(CellSource source, long drawSeed, boolean perFeature) {
    AtomicReference<Optional<DiagnosisSums>> all = new AtomicReference<>(Optional.empty());
    diagnose(
        source,
        drawSeed,
        perFeature,
        (_, own) -> all.set(Optional.of(all.get().map(sums -> sums.plus(own)).orElse(own))));
    return diagnosis(all.get().orElseThrow());
  }

  /**
   * Goes through cells for a {@link #diagnosis}, which may be made of the sums of several
   * processes.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param drawSeed makes the draws of z and l, one per cell
   * @param perFeature whether features are asked about one by one, which takes longer
   * @param each gets the place of the first cell of each minibatch, and the sums over its cells
   */
  public final void diagnose(
      CellSource source,
      long drawSeed,
      boolean perFeature,
      BiConsumer<Integer, DiagnosisSums> each) {
    inquiry()
        .askOfCounts(
            source,
            (questions, cells) -> {
              questions.diagnose(cells, drawSeed, perFeature, each);
              return each;
            });
  }

  /**
   * {@return how well the model explains cells, and what it makes of them}
   *
   * @param sums over minibatches, added in the order of these
   */
  public final Diagnosis diagnosis(DiagnosisSums sums) {
    return fitted.questions().diagnosis(sums);
  }

  /**
   * {@return cells to train this model on further, with those of their features that it has}
   *
   * @param source the file
   * @param keeper keeps the counts
   * @throws InputException with everything that is wrong with keys, names and counts
   */
  public final CellData read(CellSource source, CountKeeper keeper) {
    Inquiry.requireCounts(source);
    return CellData.readKnown(
        source,
        schema(),
        fitted.setup().modalities().stream()
            .collect(Collectors.toMap(StoredModality::name, StoredModality::features)),
        keeper);
  }

  /**
   * Writes cells into a new file without their counts, with what the encoders made of them in place
   * of these: the file is small, and its cells can be embedded, decoded, predicted and attributed
   * as before, by this model alone.
   *
   * @param source the cells of an open file, which has the features of the model in any order
   * @param out the file, whole or not at all
   * @param ifExists whether a file that exists may be replaced
   * @throws InputException when the cells have no counts themselves, or the file cannot be written
   */
  public final void minify(CellSource source, Path out, IfExists ifExists) {
    inquiry().minify(this, source, out, ifExists);
  }

  private Inquiry inquiry() {
    return new Inquiry(fitted);
  }

  /** {@return the modalities' names, sorted; a single one is named ""} */
  public final List<String> modalities() {
    return fitted.setup().modalities().stream().map(StoredModality::name).toList();
  }

  /**
   * {@return the names of a modality's features, in the order of the model}
   *
   * @param modality one of {@link #modalities}
   */
  public final List<String> features(String modality) {
    return fitted.setup().modalities().get(place(modality)).features();
  }

  /**
   * {@return what was learned of a modality's features: background, dispersion and scaling}
   *
   * @param modality one of {@link #modalities}
   */
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

  /** {@return the history of the training, one entry per epoch; empty before any} */
  public final History history() {
    return fitted.history();
  }

  /**
   * {@return the options of the last training; empty before any, and for a model that was imported}
   */
  public final Optional<TrainConfig> trainConfig() {
    return fitted.trainConfig();
  }

  /** {@return the keys, with the categories that the model knows} */
  public final Schema schema() {
    return fitted.setup().schema();
  }

  /** {@return what was taken of the file of the cells that it was made for} */
  public final InputChoices input() {
    return fitted.setup().input();
  }

  /** {@return every option of the model and its training by its name in Python} */
  public final Tree.Dict options() {
    return (Tree.Dict) OptionTree.of(fitted.setup(), fitted.trainConfig());
  }

  /**
   * {@return the seed that start values, the order of cells and all draws of training are functions
   * of}
   */
  public final long seed() {
    return fitted.setup().seed();
  }

  /**
   * Estimates what training it on some cells will need.
   *
   * @param data the cells to train on
   * @param options of the training
   * @return memory and time, before anything is computed
   */
  public final RunEstimate estimate(CellData data, TrainConfig options) {
    return RunEstimate.of(data, fitted.setup().config(), fitted.setup().multimodal(), options);
  }

  /**
   * Writes the model's folder: whole, or not at all.
   *
   * @param modelDir the folder that is written
   * @param ifExists whether a model folder that exists may be replaced
   * @throws InputException when the folder exists and may not be replaced, or cannot be written
   */
  public final void save(Path modelDir, IfExists ifExists) {
    fitted.save(modelDir, Optional.empty(), ifExists);
  }

  /**
   * Writes the model's folder with a note of its training: whole, or not at all.
   *
   * @param modelDir the folder that is written
   * @param note when and how long the training ran
   * @param ifExists whether a model folder that exists may be replaced
   * @throws InputException when the folder exists and may not be replaced, or cannot be written
   */
  public final void save(Path modelDir, TrainingNote note, IfExists ifExists) {
    fitted.save(modelDir, Optional.of(note), ifExists);
  }

  /** {@return the model itself, of either kind} */
  final FittedModel fitted() {
    return fitted;
  }

  @Override
  public final void close() {
    fitted.close();
  }
}
