package org.regularizedvi.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.cli.options.Outputs;
import org.regularizedvi.data.schema.CovariateKeys;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.Embedding;
import org.regularizedvi.model.History;
import org.regularizedvi.model.LearnedTerms;
import org.regularizedvi.model.config.MultimodalConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.torch.Processor;

/** One training, from a file of counts to the files it makes. */
record TrainRun(
    Path input,
    CovariateKeys keys,
    Counts counts,
    MultimodalConfig model,
    TrainConfig training,
    long seed,
    Outputs outputs) {

  /** What a training leaves behind besides its files; terms one a modality. */
  record Trained(
      History history, Optional<Embedding> embedding, List<LearnedTerms> terms, Duration time) {}

  /** Trains, after every check that needs no training. */
  Trained run(Console console) {
    return run(() -> OpenModel.setUp(this, console), console);
  }

  /** Trains a model that exists; of this run its keys, options and seed are not asked for. */
  Trained resume(Path folder, Console console) {
    return run(() -> OpenModel.resume(this, folder, console), console);
  }

  private Trained run(Supplier<OpenModel> open, Console console) {
    AmbientRegularizedSCVI.prepare();
    try (OpenModel fitted = open.get()) {
      Trained trained = train(fitted, console);
      outputs.modelDir().ifPresent(folder -> fitted.save(folder, outputs.overwrite()));
      outputs
          .out()
          .ifPresent(
              out ->
                  fitted.writeTraining(
                      out, trained.embedding().orElseThrow(), outputs.overwrite()));
      return trained;
    }
  }

  private Trained train(OpenModel fitted, Console console) {
    try (Progress progress = new Progress(console)) {
      History history = fitted.train(training, progress);
      Duration time = progress.elapsed();
      Optional<Embedding> embedding = outputs.out().map(_ -> fitted.embed());
      return new Trained(history, embedding, fitted.terms(), time);
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
