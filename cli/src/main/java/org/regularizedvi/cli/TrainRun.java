package org.regularizedvi.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.cli.options.Outputs;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.data.schema.CovariateKeys;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.CellData;
import org.regularizedvi.model.Embedding;
import org.regularizedvi.model.History;
import org.regularizedvi.model.LearnedTerms;
import org.regularizedvi.model.Results;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.torch.Processor;

/** One training, from a file of counts to the files it makes. */
record TrainRun(
    Path input,
    CovariateKeys keys,
    Counts counts,
    ModelConfig model,
    TrainConfig training,
    long seed,
    Outputs outputs) {

  /** What a training leaves behind besides its files. */
  record Trained(
      History history, Optional<Embedding> embedding, LearnedTerms terms, Duration time) {}

  /** Trains, after every check that needs no training. */
  Trained run(Console console) {
    AmbientRegularizedSCVI.prepare();
    try (AnnDataFile file = AnnDataFile.open(input)) {
      outputs.check(input);
      CellData data = CellData.read(file, keys, counts.source(), counts.checks());
      try (AmbientRegularizedSCVI fitted =
          AmbientRegularizedSCVI.setup(data, model, seed, console::warn)) {
        Trained trained = train(fitted, data, file, console);
        outputs.modelDir().ifPresent(folder -> fitted.save(folder, outputs.overwrite()));
        outputs
            .out()
            .ifPresent(
                out ->
                    H5adCopy.write(
                        input,
                        out,
                        Results.ofTraining(fitted, trained.embedding().orElseThrow()),
                        outputs.overwrite()));
        return trained;
      }
    }
  }

  private Trained train(
      AmbientRegularizedSCVI fitted, CellData data, AnnDataFile file, Console console) {
    try (Progress progress = new Progress(console)) {
      History history = fitted.train(data, training, progress);
      Duration time = progress.elapsed();
      Optional<Embedding> embedding =
          outputs.out().map(_ -> fitted.embed(file, counts.source(), counts.checks()));
      return new Trained(history, embedding, fitted.learnedTerms(), time);
    }
  }

  /** Says in one line what was done and what was made. */
  void summarise(Trained trained, Console console) {
    History history = trained.history();
    StringBuilder files = new StringBuilder();
    outputs.out().ifPresent(out -> files.append("; wrote ").append(out));
    outputs
        .modelDir()
        .ifPresent(folder -> files.append(files.isEmpty() ? "; wrote " : " and ").append(folder));
    console.say(
        String.format(
            Locale.ROOT,
            "trained %d epochs in %s with %s products: ELBO %.1f nats a cell%s%s",
            history.epochs(),
            Progress.text(trained.time()),
            Processor.resolve(training.precision()).name().toLowerCase(Locale.ROOT),
            history.last("elbo_train"),
            history.has("elbo_validation")
                ? String.format(
                    Locale.ROOT, ", %.1f in validation", history.last("elbo_validation"))
                : "",
            files));
  }
}
