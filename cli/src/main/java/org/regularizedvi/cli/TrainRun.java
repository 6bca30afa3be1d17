package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regularizedvi.ambient.ProfileFiles;
import org.regularizedvi.analysis.IntegrationScores;
import org.regularizedvi.analysis.ScoredMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.view.WatchedCells;
import org.regularizedvi.cli.options.Inputs;
import org.regularizedvi.cli.options.Outputs;
import org.regularizedvi.cli.options.Query;
import org.regularizedvi.cli.options.Reading;
import org.regularizedvi.cli.options.RunSettings;
import org.regularizedvi.cli.reporting.Chosen;
import org.regularizedvi.cli.reporting.Durations;
import org.regularizedvi.cli.reporting.LatentMap;
import org.regularizedvi.cli.reporting.ReportMaker;
import org.regularizedvi.cli.reporting.RunTeller;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.store.TrainingNote;
import org.regularizedvi.core.term.LearnedTerms;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.input.Amount;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.RegularizedMultimodalVI;
import org.regularizedvi.model.Results;
import org.regularizedvi.model.RunEstimate;
import org.regularizedvi.report.RunFacts;

/**
 * Runs one training, from a file of counts to the files it makes.
 *
 * @param ambient the files of measured profiles
 * @param command its words, which the model folder keeps and a report shows
 */
record TrainRun(
    Inputs input,
    CovariateKeys keys,
    Reading counts,
    MultimodalConfig model,
    TrainConfig training,
    ProfileFiles ambient,
    RunSettings settings,
    List<String> command,
    Outputs outputs) {

  /** Has temporary files lie beside the first output; check may have none. */
  TrainRun {
    counts = outputs.files().stream().findFirst().map(counts::beside).orElse(counts);
  }

  /** Holds what a training leaves behind besides its files; terms one per modality. */
  record Trained(
      History history,
      Optional<Embedding> embedding,
      List<LearnedTerms> terms,
      TrainingNote note) {}

  /** Trains, after every check that needs no training. */
  Trained run(Worker worker, Console console) {
    AmbientRegularizedSCVI.prepare();
    try (CellSource cells = open(console)) {
      requireFor(cells);
      return KeptTraining.around(outputs, cells, worker, console, kept -> run(cells, kept));
    }
  }

  private CellSource open(Console console) {
    return new WatchedCells(counts.open(input), new PassProgress(console));
  }

  private Trained run(CellSource cells, KeptTraining kept) {
    requireScores(cells);
    try (TrainingCells reading = reading(kept.worker(), kept.console())) {
      CellData data = read(cells, reading);
      say(cells, data, kept.console());
      try (RegularizedModel fitted = setup(cells, data, kept.console())) {
        return finish(fitted, cells, data, kept);
      }
    }
  }

  /** Trains a model that exists, whose keys, options and seed hold in place of this run's. */
  Trained resume(Path folder, Worker worker, Console console) {
    AmbientRegularizedSCVI.prepare();
    try (RegularizedModel fitted = RegularizedModel.load(folder);
        CellSource cells =
            new WatchedCells(
                counts.open(input, fitted, Query.asTrained(), console::say),
                new PassProgress(console))) {
      return KeptTraining.around(
          outputs,
          cells,
          worker,
          console,
          kept -> {
            requireScores(cells);
            cells.notes().forEach(console::say);
            try (TrainingCells reading = reading(worker, console)) {
              CellData data =
                  reading.read(
                      keeper -> fitted.read(cells, keeper), own -> fitted.estimate(own, training));
              return finish(fitted, cells, data, kept);
            }
          });
    }
  }

  /**
   * Checks all that can be told before counts are read; removes checkpoints if that is asked for.
   */
  void require(Optional<Path> model, Console console) {
    if (model.isPresent()) {
      try (RegularizedModel fitted = RegularizedModel.load(model.get());
          CellSource cells = counts.open(input, fitted, Query.asTrained(), _ -> {})) {
        require(cells, console);
      }
    } else {
      try (CellSource cells = counts.open(input)) {
        requireFor(cells);
        require(cells, console);
      }
    }
  }

  private void require(CellSource cells, Console console) {
    requireScores(cells);
    outputs.open(outputs.keeping().orElseThrow(), cells, console::warn).close();
  }

  /** Tells what a training would find and need, after the same checks; writes nothing. */
  void check(Console console) {
    try (CellSource cells = open(console)) {
      requireFor(cells);
      outputs.checkGiven(cells);
      requireScores(cells);
      try (TrainingCells reading = reading(Worker.alone(), console)) {
        CellData data = read(cells, reading);
        say(cells, data, console);
        data.check(model.shared(), console::warn);
        profiles(cells, data, console);
        new InputSummary(data, training, estimate(cells, data))
            .lines()
            .forEach(console.out()::println);
      }
    }
  }

  private void requireFor(CellSource cells) {
    List<String> modalities = cells.modalities();
    if (!ofOne(modalities)) {
      model.requireFor(modalities);
    } else if (!model.options().given().isEmpty()) {
      throw Reading.notOf(model.options().given().getFirst(), cells.paths().getFirst());
    }
  }

  private void requireScores(CellSource cells) {
    outputs.map().scores().ifPresent(of -> IntegrationScores.require(cells, of));
  }

  /**
   * {@return whether these are the modalities of a file of one, such as an .h5ad: its only modality
   * has no name}
   */
  private static boolean ofOne(List<String> modalities) {
    return modalities.getFirst().isEmpty();
  }

  /** Says what a user should know of how the file was read, and how much of it is trained on. */
  private static void say(CellSource cells, CellData data, Console console) {
    cells.notes().forEach(console::say);
    for (ModalityCounts own : data.modalities()) {
      int all = cells.features(own.name()).varNames().size();
      if (own.features().size() < all) {
        console.say(
            "%,d of %s%s %s trained on"
                .formatted(
                    own.features().size(),
                    Amount.of(all, "feature"),
                    ModalityCounts.of(own.name()),
                    Amount.word(own.features().size(), "is", "are")));
      }
    }
  }

  /** Correlations of every epoch are over all features, which a worker then keeps. */
  private TrainingCells reading(Worker worker, Console console) {
    return new TrainingCells(
        settings,
        counts.temporary(),
        training.computePearson()
            ? FeatureRange::all
            : features -> Engines.current().needed(features, worker.peers()),
        console);
  }

  private CellData read(CellSource cells, TrainingCells reading) {
    return reading.read(
        keeper -> CellData.read(cells, keys, counts.choices().features(), keeper),
        data -> estimate(cells, data));
  }

  private RunEstimate estimate(CellSource cells, CellData data) {
    Optional<MultimodalOptions> multimodal =
        ofOne(cells.modalities()) ? Optional.empty() : Optional.of(model.options());
    return RunEstimate.of(data, model.shared(), multimodal, training);
  }

  private RegularizedModel setup(CellSource cells, CellData data, Console console) {
    AmbientProfiles profiles = profiles(cells, data, console);
    return ofOne(cells.modalities())
        ? AmbientRegularizedSCVI.setup(
            data, model.shared(), profiles, settings.seed(), console::warn)
        : RegularizedMultimodalVI.setup(data, model, profiles, settings.seed(), console::warn);
  }

  private AmbientProfiles profiles(CellSource cells, CellData data, Console console) {
    boolean one = ofOne(cells.modalities());
    return ambient.read(
        data,
        cells.modalities().stream()
            .filter(
                name ->
                    (one ? model.shared() : model.of(name)).generative().useAdditiveBackground())
            .toList(),
        counts::openDroplets,
        console::say);
  }

  private Trained finish(
      RegularizedModel fitted, CellSource cells, CellData data, KeptTraining kept) {
    if (kept.outputs().embeds()) {
      fitted.requireRoom(cells);
    }
    Trained trained = train(fitted, cells, data, kept);
    kept.outputs()
        .modelDir()
        .ifPresent(folder -> fitted.save(folder, trained.note(), kept.ifExists()));
    trained.embedding().ifPresent(own -> write(fitted, cells, trained, own, kept));
    return trained;
  }

  private void write(
      RegularizedModel fitted,
      CellSource cells,
      Trained trained,
      Embedding embedding,
      KeptTraining kept) {
    Optional<MapConfig> asked = outputs.map().toConfig(fitted.seed());
    LatentMap latent =
        new LatentMap(
            fitted,
            cells,
            asked,
            outputs.map().scores(),
            outputs.map().cells(),
            kept.console()::say);
    Optional<ScoredMap> map =
        outputs.reports().any()
            ? latent.forReport(embedding.latent())
            : latent.forFile(embedding.latent());
    map.flatMap(ScoredMap::scores).ifPresent(scores -> kept.console().say(ScoreLines.of(scores)));
    TableAdditions additions =
        Results.ofTraining(fitted, cells, embedding)
            .with("", asked.map(a -> Results.ofMap(map.orElseThrow(), a)).orElse(List.of()));
    outputs.out().ifPresent(out -> cells.write(out, additions, kept.ifExists()));
    outputs.latents().write(cells, embedding, kept.ifExists());
    if (outputs.reports().any()) {
      RunFacts run =
          RunTeller.tell(fitted, cells, Optional.of(trained.note()), trained.note().command());
      outputs
          .reports()
          .write(
              new ReportMaker(fitted, cells, kept.console()::say)
                  .make(run, Chosen.byItself(), embedding, map),
              kept.ifExists());
    }
  }

  private Trained train(
      RegularizedModel fitted, CellSource cells, CellData data, KeptTraining kept) {
    try (Progress progress = new Progress(kept.console())) {
      History history = kept.train(fitted, data, training, progress);
      TrainingNote note =
          TrainingNote.now(
              command, progress.elapsed(), progress.wentOn(), Engines.current().described());
      Optional<Embedding> embedding =
          kept.outputs().embeds() ? Optional.of(fitted.embed(cells)) : Optional.empty();
      embedding.flatMap(Embedding::warning).ifPresent(kept.console()::warn);
      return new Trained(
          history,
          embedding,
          fitted.modalities().stream().map(fitted::learnedTerms).toList(),
          note);
    }
  }

  /** Tells in one line what was done and what was made. */
  void summarise(Trained trained, Console console) {
    History history = trained.history();
    String files =
        outputs.files().stream().map(Path::toString).collect(Collectors.joining(" and "));
    console.say(
        String.format(
            Locale.ROOT,
            "trained %s in %s with %s products%s: ELBO %.1f nats per cell%s; wrote %s",
            Amount.of(history.epochs(), "epoch"),
            Durations.text(trained.note().time()),
            Engines.current().resolve(training.precision()).name().toLowerCase(Locale.ROOT),
            history.keptEpoch() < history.epochs()
                ? ", kept epoch %d".formatted(history.keptEpoch())
                : "",
            history.kept("elbo_train"),
            history.has("elbo_validation")
                ? String.format(
                    Locale.ROOT, ", %.1f in validation", history.kept("elbo_validation"))
                : "",
            files));
    outputs.reports().page().ifPresent(page -> console.say("report: " + page));
  }
}
