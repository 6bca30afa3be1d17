package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.H5muCopy;
import org.regularizedvi.data.MuDataAdditions;
import org.regularizedvi.data.MuDataFile;
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
import org.regularizedvi.model.RegularizedMultimodalVI;
import org.regularizedvi.model.Results;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.train.TrainListener;

/**
 * A model of several modalities beside an .h5mu.
 *
 * @param data the cells it was set up with; empty for a model that was loaded
 */
record OpenMultimodal(
    MuDataFile file, Counts counts, Optional<CellData> data, RegularizedMultimodalVI model)
    implements OpenModel {
  static OpenMultimodal setUp(TrainRun run, Console console) {
    MuDataFile file = MuDataFile.open(run.input(), run.counts().modalities(), run.counts().join());
    try {
      run.model().requireFor(file.modalities().stream().sorted().toList());
      run.outputs().check(run.input());
      Map<String, CountSource> sources = run.counts().sources(file.modalities());
      CellData data = CellData.read(file, run.keys(), sources, run.counts().checks());
      console.say(file.cells().words());
      RegularizedMultimodalVI model =
          RegularizedMultimodalVI.setup(data, run.model(), run.seed(), console::warn);
      return new OpenMultimodal(file, run.counts(), Optional.of(data), model);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  static OpenMultimodal load(Path input, Path modelDir, Counts counts) {
    RegularizedMultimodalVI model = RegularizedMultimodalVI.load(modelDir);
    try {
      MuDataFile file = MuDataFile.open(input, model.modalities(), counts.join());
      return new OpenMultimodal(file, counts, Optional.empty(), model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  static OpenMultimodal resume(TrainRun run, Path modelDir, Console console) {
    run.outputs().check(run.input());
    OpenMultimodal open = load(run.input(), modelDir, run.counts());
    try {
      CellData data =
          CellData.read(open.file, open.model.schema(), open.sources(), run.counts().checks());
      console.say(open.file.cells().words());
      return new OpenMultimodal(open.file, open.counts, Optional.of(data), open.model);
    } catch (RuntimeException | Error e) {
      open.close();
      throw e;
    }
  }

  private Map<String, CountSource> sources() {
    return counts.sources(file.modalities());
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
    return model.embed(file, sources(), counts.checks());
  }

  @Override
  public void writeTraining(Path out, Embedding embedding, boolean overwrite) {
    write(out, Results.ofTraining(model, embedding), overwrite);
  }

  @Override
  public void writeEmbedding(Path out, Embedding embedding, boolean overwrite) {
    write(out, Results.ofEmbedding(model, embedding), overwrite);
  }

  private void write(Path out, MuDataAdditions additions, boolean overwrite) {
    H5muCopy.write(file.path(), out, file.arranged(additions), overwrite);
  }

  @Override
  public Attribution attribute() {
    return model.attribute(file, sources(), counts.checks());
  }

  @Override
  public void writeAttribution(Path out, Attribution attribution, boolean overwrite) {
    write(out, Results.ofAttribution(model, attribution), overwrite);
  }

  @Override
  public Expression express(ExpressionPlan plan) {
    return model.express(file, sources(), counts.checks(), plan);
  }

  @Override
  public void writeExpression(Path out, Expression expression, String name, boolean overwrite) {
    write(out, Results.ofExpression(model, expression, name), overwrite);
  }

  @Override
  public double[] marginalLogLikelihood(int samples, long seed) {
    return model.marginalLogLikelihood(file, sources(), counts.checks(), samples, seed);
  }

  @Override
  public void writeLikelihood(Path out, double[] logs, boolean overwrite) {
    write(out, Results.ofLikelihood(model, logs), overwrite);
  }

  @Override
  public Correction correct(CorrectionPlan plan) {
    return model.correct(file, sources(), counts.checks(), plan);
  }

  @Override
  public void writeCorrection(Path out, Correction correction, boolean overwrite) {
    write(out, Results.ofCorrection(model, correction), overwrite);
  }

  @Override
  public Diagnosis diagnose(long seed, boolean perFeature) {
    return model.diagnose(file, sources(), counts.checks(), seed, perFeature);
  }

  @Override
  public SequencedMap<String, List<String>> features() {
    return model.features();
  }

  @Override
  public List<LearnedTerms> terms() {
    return List.copyOf(model.learnedTerms().values());
  }

  @Override
  public void close() {
    model.close();
    file.close();
  }
}
