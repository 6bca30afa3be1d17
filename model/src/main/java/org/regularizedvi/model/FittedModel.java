package org.regularizedvi.model;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.regularizedvi.answers.CompleteCells;
import org.regularizedvi.answers.EncodedComputation;
import org.regularizedvi.answers.StoredPosteriors;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.FileCells;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.data.SetupChecks;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.result.LatentMoments;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ModelShape;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.start.DataStarts;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.core.store.TrainingNote;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.training.BestParameters;
import org.regularizedvi.training.Checkpoints;
import org.regularizedvi.training.TrainListener;
import org.regularizedvi.training.Trainer;
import org.regularizedvi.training.continuation.Checkpointer;
import org.regularizedvi.training.continuation.Checkpointing;
import org.regularizedvi.training.continuation.RunFacts;

/**
 * Holds a model of one or several modalities, which both public models are: what it was made of,
 * its network, its history. It owns native memory until closed.
 */
final class FittedModel implements AutoCloseable {
  private final StoredModel.Setup setup;
  private final Model model;
  private final Engine engine = Engines.current();
  private Optional<Computation> opened = Optional.empty();
  private History history;
  private Optional<TrainConfig> training;
  private Optional<LatentMoments> completeCells;

  FittedModel(
      StoredModel.Setup setup,
      Model model,
      History history,
      Optional<TrainConfig> training,
      Optional<LatentMoments> completeCells) {
    this.setup = setup;
    this.model = model;
    this.history = history;
    this.training = training;
    this.completeCells = completeCells;
  }

  /**
   * Makes an untrained model for some cells.
   *
   * @param multimodal present in a model of named modalities
   * @param profiles the measured profiles of ambient RNA, where there are some
   * @return the model at its start values
   */
  static FittedModel setup(
      CellData data,
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      AmbientProfiles profiles,
      long seed,
      Consumer<String> warnings) {
    SetupChecks.run(data, config, warnings);
    ModelConfig own = config.forCells(data.size());
    NetworkSpec spec = ModelShape.of(own, multimodal, data.schema(), data.featureCounts());
    List<StoredModality> modalities = new ArrayList<>();
    List<DataStarts> starts = new ArrayList<>();
    for (ModalitySpec modality : spec.modalities()) {
      ModalityCounts counts = data.modalities().get(modality.index());
      DataStarts start = starts(modality, counts, data, profiles.of(counts.name()), warnings);
      starts.add(start);
      modalities.add(
          new StoredModality(
              counts.name(), counts.features(), start.priors(), counts.counts().digest()));
    }
    Parameters parameters =
        Parameters.start(
            ParameterLayout.ofAll(spec, starts.stream().map(DataStarts::values).toList()), seed);
    return new FittedModel(
        new StoredModel.Setup(own, multimodal, data.schema(), modalities, data.choices(), seed),
        new Model(spec, starts.stream().map(DataStarts::priors).toList(), parameters),
        new History(),
        Optional.empty(),
        Optional.empty());
  }

  /** {@return priors and start values from the cells that have the modality} */
  private static DataStarts starts(
      ModalitySpec spec,
      ModalityCounts modality,
      CellData data,
      Optional<FloatMatrix> profile,
      Consumer<String> warnings) {
    CellData having = data.having(modality);
    return DataStarts.of(
        spec,
        having.counts(),
        having.covariates(),
        data.schema().of(Purpose.LIBRARY_SIZE).getFirst(),
        profile,
        warnings);
  }

  /**
   * Reads a saved model.
   *
   * @return the model, to be closed by the caller
   * @throws InputException when the folder holds none, or a tensor does not fit, naming it
   */
  static FittedModel load(Path modelDir) {
    return of(ModelDirectory.read(modelDir), modelDir);
  }

  /**
   * Makes a model of what was stored.
   *
   * @param source of what was stored, for messages
   * @return the model, to be closed by the caller
   * @throws InputException when a tensor is missing or does not fit, naming it
   */
  static FittedModel of(StoredModel stored, Path source) {
    StoredModel.Setup setup = stored.setup();
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    setup.modalities().forEach(own -> features.put(own.name(), own.features().size()));
    NetworkSpec spec = ModelShape.of(setup.config(), setup.multimodal(), setup.schema(), features);
    List<ParameterSpec> layout = ParameterLayout.ofAll(spec);
    ParameterLayout.require(layout, stored.tensors(), source);
    List<float[]> values =
        layout.stream().map(own -> stored.tensors().get(own.name()).values()).toList();
    int dimensions = spec.sideBySide() ? spec.modalities().getFirst().jointLatent() : 0;
    stored.completeCells().ifPresent(own -> own.requireDimensions(dimensions, source));
    Model model =
        new Model(
            spec,
            setup.modalities().stream().map(StoredModality::priors).toList(),
            Parameters.of(layout, values));
    return new FittedModel(
        setup, model, stored.history(), stored.training(), stored.completeCells());
  }

  /**
   * Trains on the cells that the model was set up with.
   *
   * @param checkpointing of several workers, of worker 0 alone
   * @param peers the workers that train together
   * @return the history, one entry per epoch
   */
  History train(
      CellData data,
      TrainConfig options,
      TrainListener listener,
      Optional<Checkpointing> checkpointing,
      Peers peers) {
    List<List<String>> given = data.modalities().stream().map(ModalityCounts::features).toList();
    if (!given.equals(setup.modalities().stream().map(StoredModality::features).toList())) {
      throw new InputException(
          "%s does not have the features that the model was set up with.".formatted(data.source()));
    }
    Trainer trainer = new Trainer(model, data.kept(), options, setup.seed());
    training = Optional.of(options);
    history = new History();
    completeCells = Optional.empty();
    try (BestParameters best = new BestParameters(model.parameters())) {
      Optional<Checkpointer> checkpointer = Optional.empty();
      if (checkpointing.isPresent() || peers.ranks() > 1) {
        RunFacts facts = FactsOfRun.of(setup, options, data, model.parameters(), engine);
        facts.requireSame(peers);
        checkpointer =
            Optional.of(
                new Checkpointer(
                    checkpointing, facts, this::stored, best, listener::warned, peers));
      }
      checkpointer.flatMap(Checkpointer::found).ifPresent(this::restore);
      StepPlan plan = trainer.plan(engine.resolve(options.precision()), Processor.threads(), peers);
      try (TrainingStep step = computation().trainingStep(plan)) {
        checkpointer.ifPresent(own -> own.restore(step));
        trainer.run(
            step,
            history,
            best,
            listener,
            checkpointer.<Checkpoints>map(own -> own).orElseGet(Checkpoints::none));
      }
    }
    if (model.spec().sideBySide()) {
      completeCells =
          CompleteCells.moments(
              computation(), data, trainer.trainingCells(), new CounterRandom(setup.seed()));
    }
    return history;
  }

  /** Takes on parameters and history of a checkpoint of this model. */
  private void restore(StoredModel kept) {
    history = kept.history();
    for (ParameterSpec parameter : model.parameters().specs()) {
      if (parameter.role() != ParameterSpec.Role.UNUSED) {
        float[] values = kept.tensors().get(parameter.name()).values();
        model.parameters().memory(parameter.name()).copyFrom(MemorySegment.ofArray(values));
      }
    }
  }

  /** {@return the answers of the model as it is now} */
  Questions questions() {
    return new Questions(setup, computation(), completeCells);
  }

  /**
   * {@return the answers about cells of which it keeps what the encoders made, not their counts}
   */
  Questions questions(StoredPosteriors stored) {
    return new Questions(setup, new EncodedComputation(computation(), stored), completeCells);
  }

  /** {@return what the encoders make of cells} */
  StoredPosteriors encode(FileCells cells) {
    return StoredPosteriors.of(computation(), cells);
  }

  NetworkSpec spec() {
    return model.spec();
  }

  StoredModel.Setup setup() {
    return setup;
  }

  /** {@return its stored tensors} */
  Parameters parameters() {
    return model.parameters();
  }

  /** {@return whether each of several modalities has a slice of the latent representation} */
  boolean sideBySide() {
    return model.spec().sideBySide();
  }

  /** {@return the model as an engine has opened it; several threads may ask a model at once} */
  private synchronized Computation computation() {
    if (opened.isEmpty()) {
      opened = Optional.of(engine.open(model));
    }
    return opened.get();
  }

  Optional<LatentMoments> completeCells() {
    return completeCells;
  }

  History history() {
    return history;
  }

  Optional<TrainConfig> trainConfig() {
    return training;
  }

  /** Writes the model's folder: whole, or not at all. */
  void save(Path modelDir, Optional<TrainingNote> note, IfExists ifExists) {
    ModelDirectory.write(modelDir, stored(), note, ifExists);
  }

  /** {@return the model as it is written: a view of its parameters, while it lives} */
  StoredModel stored() {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    for (ParameterSpec parameter : model.parameters().specs()) {
      tensors.put(
          parameter.name(),
          new Safetensors.Entry(
              parameter.shape(), () -> model.parameters().memory(parameter.name())));
    }
    return new StoredModel(setup, training, history, tensors, completeCells);
  }

  @Override
  public void close() {
    opened.ifPresent(Computation::close);
    model.parameters().close();
  }
}
