package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.train.TrainListener;

/** The model of one modality. */
public final class AmbientRegularizedSCVI implements AutoCloseable {
  public static AmbientRegularizedSCVI setup(
      CellData data, ModelConfig config, long seed, Consumer<String> warnings) {
    throw new IllegalStateException();
  }

  public static AmbientRegularizedSCVI load(Path modelDir) {
    throw new IllegalStateException();
  }

  public History train(CellData data, TrainConfig config, TrainListener listener) {
    throw new IllegalStateException();
  }

  public Embedding embed(AnnDataFile file, CountSource source, CountChecks checks) {
    throw new IllegalStateException();
  }

  public Evaluation evaluate(AnnDataFile file, CountSource source, CountChecks checks) {
    throw new IllegalStateException();
  }

  public History history() {
    throw new IllegalStateException();
  }

  public LearnedTerms learnedTerms() {
    throw new IllegalStateException();
  }

  public ModelConfig config() {
    throw new IllegalStateException();
  }

  public void save(Path modelDir, boolean overwrite) {
    throw new IllegalStateException();
  }

  @Override
  public void close() {}
}
