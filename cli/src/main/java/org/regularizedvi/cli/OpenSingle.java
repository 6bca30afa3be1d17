package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.data.InputException;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.Attribution;
import org.regularizedvi.model.CellData;
import org.regularizedvi.model.Correction;
import org.regularizedvi.model.CorrectionPlan;
import org.regularizedvi.model.Diagnosis;
import org.regularizedvi.model.Embedding;
import org.regularizedvi.model.Expression;
import org.regularizedvi.model.ExpressionPlan;
import org.regularizedvi.model.History;
import org.regularizedvi.model.LearnedTerms;
import org.regularizedvi.model.Results;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.train.TrainListener;

/**
 * A model of one modality beside an .h5ad.
 *
 * @param data the cells it was set up with; empty for a model that was loaded
 */
record OpenSingle(
    AnnDataFile file, Counts counts, Optional<CellData> data, AmbientRegularizedSCVI model)
    implements OpenModel {
  static OpenSingle setUp(TrainRun run, Console console) {
    AnnDataFile file = AnnDataFile.open(run.input());
    try {
      requireNothingOfModalities(file, run.model().options().given(), run);
      run.outputs().check(run.input());
      CellData data = CellData.read(file, run.keys(), run.counts().source(), run.counts().checks());
      AmbientRegularizedSCVI model =
          AmbientRegularizedSCVI.setup(data, run.model().shared(), run.seed(), console::warn);
      return new OpenSingle(file, run.counts(), Optional.of(data), model);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  static OpenSingle load(Path input, Path modelDir, Counts counts) {
    AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(modelDir);
    try {
      AnnDataFile file = AnnDataFile.open(input);
      try {
        requireNoChoiceOfCells(file, counts);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
      return new OpenSingle(file, counts, Optional.empty(), model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  static OpenSingle resume(TrainRun run, Path modelDir) {
    run.outputs().check(run.input());
    OpenSingle open = load(run.input(), modelDir, run.counts());
    try {
      CellData data =
          CellData.read(
              open.file, open.model.schema(), run.counts().source(), run.counts().checks());
      return new OpenSingle(open.file, open.counts, Optional.of(data), open.model);
    } catch (RuntimeException | Error e) {
      open.close();
      throw e;
    }
  }

  private static void requireNothingOfModalities(
      AnnDataFile file, List<String> options, TrainRun run) {
    if (!run.counts().modalities().isEmpty()) {
      throw of("modalities", file);
    }
    if (!options.isEmpty()) {
      throw of(options.getFirst(), file);
    }
    requireNoChoiceOfCells(file, run.counts());
  }

  private static void requireNoChoiceOfCells(AnnDataFile file, Counts counts) {
    if (counts.cells().isPresent()) {
      throw of("cells", file);
    }
  }

  private static InputException of(String option, AnnDataFile file) {
    return new InputException(
        "%s is about modalities, which an .h5mu file has, but %s is an .h5ad file."
            .formatted(option, file.path()));
  }

  @Override
  public History train(TrainConfig options, TrainListener listener) {
    return model.train(data.orElseThrow(), options, listener);
  }

  @Override
  public void save(Path folder, boolean overwrite) {
    model.save(folder, overwrite);
  }

  @Override
  public Embedding embed() {
    return model.embed(file, counts.source(), counts.checks());
  }

  @Override
  public void writeTraining(Path out, Embedding embedding, boolean overwrite) {
    H5adCopy.write(file.path(), out, Results.ofTraining(model, embedding), overwrite);
  }

  @Override
  public void writeEmbedding(Path out, Embedding embedding, boolean overwrite) {
    H5adCopy.write(file.path(), out, Results.ofEmbedding(model, embedding), overwrite);
  }

  @Override
  public Attribution attribute() {
    return model.attribute(file, counts.source(), counts.checks());
  }

  @Override
  public void writeAttribution(Path out, Attribution attribution, boolean overwrite) {
    H5adCopy.write(file.path(), out, Results.ofAttribution(model, attribution), overwrite);
  }

  @Override
  public Expression express(ExpressionPlan plan) {
    return model.express(file, counts.source(), counts.checks(), plan);
  }

  @Override
  public void writeExpression(Path out, Expression expression, String name, boolean overwrite) {
    H5adCopy.write(file.path(), out, Results.ofExpression(model, expression, name), overwrite);
  }

  @Override
  public double[] marginalLogLikelihood(int samples, long seed) {
    return model.marginalLogLikelihood(file, counts.source(), counts.checks(), samples, seed);
  }

  @Override
  public void writeLikelihood(Path out, double[] logs, boolean overwrite) {
    H5adCopy.write(file.path(), out, Results.ofLikelihood(model, logs), overwrite);
  }

  @Override
  public Correction correct(CorrectionPlan plan) {
    return model.correct(file, counts.source(), counts.checks(), plan);
  }

  @Override
  public void writeCorrection(Path out, Correction correction, boolean overwrite) {
    H5adCopy.write(file.path(), out, Results.ofCorrection(model, correction), overwrite);
  }

  @Override
  public Diagnosis diagnose(long seed, boolean perFeature) {
    return model.diagnose(file, counts.source(), counts.checks(), seed, perFeature);
  }

  @Override
  public SequencedMap<String, List<String>> features() {
    SequencedMap<String, List<String>> features = new LinkedHashMap<>();
    features.put("", model.features());
    return features;
  }

  @Override
  public List<LearnedTerms> terms() {
    return List.of(model.learnedTerms());
  }

  @Override
  public void close() {
    model.close();
    file.close();
  }
}
