package org.regularizedvi.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.model.checkpoint.StoredModality;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.torch.Processor;
import org.regularizedvi.model.train.TrainListener;

/**
 * The model of one modality: set up with data and options, trained, asked, saved, loaded. It owns
 * native memory until closed.
 *
 * <p>Everything random is a function of the seed: the same seed, data and options give the same
 * bits.
 */
public final class AmbientRegularizedSCVI implements AutoCloseable {
  private final FittedModel fitted;

  private AmbientRegularizedSCVI(FittedModel fitted) {
    this.fitted = fitted;
  }

  /**
   * Begins to load native libraries and to compile the likelihood kernel, on a thread of its own:
   * called before data are read, it spares the first steps of training that wait. Results do not
   * depend on it.
   */
  public static void prepare() {
    Thread thread =
        new Thread(
            () -> {
              Processor.loadLibraries();
              CountLikelihood.fastest().warmUp(Duration.ofSeconds(5));
            },
            "regularizedvi-prepare");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Makes an untrained model for some cells.
   *
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @throws InputException when keys, options and data do not go together
   */
  public static AmbientRegularizedSCVI setup(
      CellData data, ModelConfig config, long seed, Consumer<String> warnings) {
    return new AmbientRegularizedSCVI(
        FittedModel.setup(data, config, Optional.empty(), seed, warnings));
  }

  /**
   * Reads a saved model.
   *
   * @throws InputException when the folder holds none or one of several modalities, or a tensor
   *     does not fit, naming it
   */
  public static AmbientRegularizedSCVI load(Path modelDir) {
    FittedModel fitted = FittedModel.load(modelDir);
    if (fitted.setup().multimodal().isPresent()) {
      fitted.close();
      throw new InputException(
          "%s holds a RegularizedMultimodalVI; expected an AmbientRegularizedSCVI."
              .formatted(modelDir));
    }
    return new AmbientRegularizedSCVI(fitted);
  }

  /**
   * Trains on the cells that the model was set up with.
   *
   * @return the history, one entry an epoch
   */
  public History train(CellData data, TrainConfig options, TrainListener listener) {
    return fitted.train(data, options, listener);
  }

  /** Encodes the cells of a file, streamed: its features may stand in any order. */
  public Embedding embed(AnnDataFile file, CountSource source, CountChecks checks) {
    try (FileCells cells = cells(file, source, checks)) {
      return fitted.embed(cells);
    }
  }

  /** Says which latent dimensions move the expected counts of a file's cells, streamed. */
  public Attribution attribute(AnnDataFile file, CountSource source, CountChecks checks) {
    try (FileCells cells = cells(file, source, checks)) {
      return fitted.attribute(cells);
    }
  }

  /**
   * Says what the cells of a file express, streamed; close what it returns.
   *
   * @throws InputException when the model has no such feature, key or category
   */
  public Expression express(
      AnnDataFile file, CountSource source, CountChecks checks, ExpressionPlan plan) {
    try (FileCells cells = cells(file, source, checks)) {
      return fitted.express(cells, plan);
    }
  }

  /**
   * Takes the expected ambient part off the counts of a file's cells, streamed; close what it
   * returns.
   *
   * @throws InputException when the model has no background
   */
  public Correction correct(
      AnnDataFile file, CountSource source, CountChecks checks, CorrectionPlan plan) {
    try (FileCells cells = cells(file, source, checks)) {
      return fitted.correct(cells, plan);
    }
  }

  /**
   * Estimates log p(x) of each cell of a file by importance weighting, streamed; nats.
   *
   * @throws InputException when there is not at least one sample
   */
  public double[] marginalLogLikelihood(
      AnnDataFile file, CountSource source, CountChecks checks, int samples, long drawSeed) {
    try (FileCells cells = cells(file, source, checks)) {
      return fitted.marginalLogLikelihood(cells, samples, drawSeed);
    }
  }

  /** Says how well the model explains the cells of a file, streamed. */
  public Evaluation evaluate(
      AnnDataFile file, CountSource source, CountChecks checks, long drawSeed) {
    try (FileCells cells = cells(file, source, checks)) {
      return fitted.evaluate(cells, drawSeed);
    }
  }

  /**
   * Says how well the model explains the cells of a file, streamed, and what it makes of them.
   *
   * @param perFeature whether features are asked about one by one, which takes longer
   */
  public Diagnosis diagnose(
      AnnDataFile file, CountSource source, CountChecks checks, long drawSeed, boolean perFeature) {
    try (FileCells cells = cells(file, source, checks)) {
      return fitted.diagnose(cells, drawSeed, perFeature);
    }
  }

  private FileCells cells(AnnDataFile file, CountSource source, CountChecks checks) {
    return FileCells.open(file, source, checks, schema(), modality());
  }

  private StoredModality modality() {
    return fitted.setup().modalities().getFirst();
  }

  public LearnedTerms learnedTerms() {
    return fitted.learnedTerms(0);
  }

  public History history() {
    return fitted.history();
  }

  public ModelConfig config() {
    return fitted.setup().config();
  }

  public Optional<TrainConfig> trainConfig() {
    return fitted.trainConfig();
  }

  public Schema schema() {
    return fitted.setup().schema();
  }

  public List<String> features() {
    return modality().features();
  }

  public long seed() {
    return fitted.setup().seed();
  }

  /** SHA-256 of the counts that the model was set up with. */
  public String dataDigest() {
    return modality().dataDigest();
  }

  /** Writes the model's folder: whole, or not at all. */
  public void save(Path modelDir, boolean overwrite) {
    fitted.save(modelDir, overwrite);
  }

  /** What it shares with models of several modalities. */
  FittedModel fitted() {
    return fitted;
  }

  @Override
  public void close() {
    fitted.close();
  }
}
