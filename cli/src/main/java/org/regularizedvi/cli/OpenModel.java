package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.data.MuDataFile;
import org.regularizedvi.model.Attribution;
import org.regularizedvi.model.Correction;
import org.regularizedvi.model.CorrectionPlan;
import org.regularizedvi.model.Diagnosis;
import org.regularizedvi.model.Embedding;
import org.regularizedvi.model.Expression;
import org.regularizedvi.model.ExpressionPlan;
import org.regularizedvi.model.History;
import org.regularizedvi.model.LearnedTerms;
import org.regularizedvi.model.checkpoint.ModelDirectory;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.train.TrainListener;

/** A model beside the file of cells that a command brings to it: of one modality or several. */
sealed interface OpenModel extends AutoCloseable permits OpenSingle, OpenMultimodal {
  /**
   * Reads the cells of a run and makes an untrained model for them: the file decides of which kind.
   */
  static OpenModel setUp(TrainRun run, Console console) {
    return MuDataFile.isAt(run.input())
        ? OpenMultimodal.setUp(run, console)
        : OpenSingle.setUp(run, console);
  }

  /** Reads the cells of a run for a model that exists: the model decides of which kind. */
  static OpenModel resume(TrainRun run, Path modelDir, Console console) {
    return ModelDirectory.multimodal(modelDir)
        ? OpenMultimodal.resume(run, modelDir, console)
        : OpenSingle.resume(run, modelDir);
  }

  /** Opens a trained model and a file for it: the model decides of which kind. */
  static OpenModel load(Path input, Path modelDir, Counts counts) {
    return ModelDirectory.multimodal(modelDir)
        ? OpenMultimodal.load(input, modelDir, counts)
        : OpenSingle.load(input, modelDir, counts);
  }

  /** Trains on the cells that it was set up with. */
  History train(TrainConfig options, TrainListener listener);

  void save(Path folder, boolean overwrite);

  Embedding embed();

  /** Writes a copy of the input with what training gave. */
  void writeTraining(Path out, Embedding embedding, boolean overwrite);

  /** Writes a copy of the input with the latent representation. */
  void writeEmbedding(Path out, Embedding embedding, boolean overwrite);

  Attribution attribute();

  /** Writes a copy of the input with what each latent dimension moves. */
  void writeAttribution(Path out, Attribution attribution, boolean overwrite);

  Expression express(ExpressionPlan plan);

  /** Writes a copy of the input with expression under a name. */
  void writeExpression(Path out, Expression expression, String name, boolean overwrite);

  double[] marginalLogLikelihood(int samples, long seed);

  /** Writes a copy of the input with each cell's marginal log-likelihood. */
  void writeLikelihood(Path out, double[] logs, boolean overwrite);

  Correction correct(CorrectionPlan plan);

  /** Writes a copy of the input with corrected counts. */
  void writeCorrection(Path out, Correction correction, boolean overwrite);

  Diagnosis diagnose(long seed, boolean perFeature);

  /** The features by modality, which a single one is not named by. */
  SequencedMap<String, List<String>> features();

  /** One a modality. */
  List<LearnedTerms> terms();

  @Override
  void close();
}
