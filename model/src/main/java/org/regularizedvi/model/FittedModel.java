package org.regularizedvi.model;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.regularizedvi.data.CellSource;
import org.regularizedvi.data.CountMatrix;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.Nearest;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.data.schema.Purpose;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.checkpoint.ModelDirectory;
import org.regularizedvi.model.checkpoint.Safetensors;
import org.regularizedvi.model.checkpoint.StoredModality;
import org.regularizedvi.model.checkpoint.StoredModel;
import org.regularizedvi.model.config.MissingSlices;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.MultimodalOptions;
import org.regularizedvi.model.config.Precision;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.continuation.Checkpointer;
import org.regularizedvi.model.continuation.Checkpointing;
import org.regularizedvi.model.differential.DifferentialTable;
import org.regularizedvi.model.fused.FusedElbo;
import org.regularizedvi.model.fused.FusedStep;
import org.regularizedvi.model.init.DataStarts;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.ModalitySpec;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.NetworkSpec;
import org.regularizedvi.model.net.ParameterSpec;
import org.regularizedvi.model.net.Parameters;
import org.regularizedvi.model.posterior.AskedModality;
import org.regularizedvi.model.posterior.AttributedCells;
import org.regularizedvi.model.posterior.ComparedCells;
import org.regularizedvi.model.posterior.CompleteCells;
import org.regularizedvi.model.posterior.CorrectedCells;
import org.regularizedvi.model.posterior.CountParts;
import org.regularizedvi.model.posterior.Counterfactuals;
import org.regularizedvi.model.posterior.ElboOfCells;
import org.regularizedvi.model.posterior.EncodedCells;
import org.regularizedvi.model.posterior.ExpressedCells;
import org.regularizedvi.model.posterior.LatentMoments;
import org.regularizedvi.model.posterior.LibraryWeight;
import org.regularizedvi.model.posterior.MarginalLikelihood;
import org.regularizedvi.model.posterior.PredictedCells;
import org.regularizedvi.model.posterior.PredictedSlices;
import org.regularizedvi.model.posterior.ReadTerms;
import org.regularizedvi.model.step.TrainingStep;
import org.regularizedvi.model.torch.Processor;
import org.regularizedvi.model.torch.Tensors;
import org.regularizedvi.model.train.Checkpoints;
import org.regularizedvi.model.train.TrainListener;
import org.regularizedvi.model.train.Trainer;

/**
 * A model of one or several modalities, which both public models are: what it was made of, its
 * network, its history. It owns native memory until closed.
 */
final class FittedModel implements AutoCloseable {
  private final StoredModel.Setup setup;
  private final Network network;
  private History history;
  private Optional<TrainConfig> training;
  private Optional<LatentMoments> completeCells;

  private FittedModel(
      StoredModel.Setup setup,
      Network network,
      History history,
      Optional<TrainConfig> training,
      Optional<LatentMoments> completeCells) {
    this.setup = setup;
    this.network = network;
    this.history = history;
    this.training = training;
    this.completeCells = completeCells;
  }

  /**
   * Makes an untrained model for some cells.
   *
   * @param multimodal present in a model of named modalities
   */
  static FittedModel setup(
      CellData data,
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      long seed,
      Consumer<String> warnings) {
    SetupChecks.run(data, config, warnings);
    NetworkSpec spec = ModelShape.of(config, multimodal, data.schema(), data.featureCounts());
    List<StoredModality> modalities = new ArrayList<>();
    List<DataStarts> starts = new ArrayList<>();
    for (ModalitySpec own : spec.modalities()) {
      ModalityCounts counts = data.modalities().get(own.index());
      DataStarts start = starts(own, counts, data, warnings);
      starts.add(start);
      modalities.add(
          new StoredModality(
              counts.name(), counts.features(), start.priors(), counts.counts().digest()));
    }
    Parameters parameters =
        Parameters.start(
            Network.layout(spec, starts.stream().map(DataStarts::values).toList()), seed);
    return new FittedModel(
        new StoredModel.Setup(config, multimodal, data.schema(), modalities, seed),
        Network.of(spec, starts.stream().map(DataStarts::priors).toList(), parameters),
        new History(),
        Optional.empty(),
        Optional.empty());
  }

  /** Priors and start values from the cells that have the modality. */
  private static DataStarts starts(
      ModalitySpec spec, ModalityCounts modality, CellData data, Consumer<String> warnings) {
    CountMatrix counts = modality.counts();
    Covariates covariates = data.covariates();
    if (data.modalities().size() > 1) {
      int[] having =
          IntStream.range(0, data.size())
              .filter(cell -> !modality.counts().isEmpty(cell))
              .toArray();
      if (having.length < data.size()) {
        counts = counts.inOrder(having);
        covariates = covariates.gather(having);
      }
    }
    return DataStarts.of(
        spec, counts, covariates, data.schema().of(Purpose.LIBRARY_SIZE).getFirst(), warnings);
  }

  /**
   * Reads a saved model.
   *
   * @throws InputException when the folder holds none, or a tensor does not fit, naming it
   */
  static FittedModel load(Path modelDir) {
    return of(ModelDirectory.read(modelDir), modelDir);
  }

  /**
   * Makes a model of what was stored.
   *
   * @param source where, for messages
   * @throws InputException when a tensor is missing or does not fit, naming it
   */
  static FittedModel of(StoredModel stored, Path source) {
    StoredModel.Setup setup = stored.setup();
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    setup.modalities().forEach(own -> features.put(own.name(), own.features().size()));
    NetworkSpec spec = ModelShape.of(setup.config(), setup.multimodal(), setup.schema(), features);
    List<ParameterSpec> layout = Network.layout(spec);
    ModelShape.requireTensors(layout, stored.tensors(), source);
    List<float[]> values =
        layout.stream().map(own -> stored.tensors().get(own.name()).values()).toList();
    Network network =
        Network.of(
            spec,
            setup.modalities().stream().map(StoredModality::priors).toList(),
            Parameters.of(layout, values));
    int dimensions = network.sideBySide() ? spec.modalities().getFirst().jointLatent() : 0;
    stored.completeCells().ifPresent(own -> own.requireDimensions(dimensions, source));
    return new FittedModel(
        setup, network, stored.history(), stored.training(), stored.completeCells());
  }

  /** Trains on the cells that the model was set up with. */
  History train(
      CellData data,
      TrainConfig options,
      TrainListener listener,
      Optional<Checkpointing> checkpointing) {
    List<List<String>> given = data.modalities().stream().map(ModalityCounts::features).toList();
    if (!given.equals(setup.modalities().stream().map(StoredModality::features).toList())) {
      throw new InputException(
          "%s does not have the features that the model was set up with.".formatted(data.source()));
    }
    Trainer trainer = new Trainer(network, data, options, setup.seed());
    training = Optional.of(options);
    history = new History();
    completeCells = Optional.empty();
    Optional<Checkpointer> checkpointer =
        checkpointing.map(
            plan ->
                new Checkpointer(
                    plan,
                    FactsOfRun.of(setup, options, data, network.parameters()),
                    this::stored,
                    listener::warned));
    checkpointer.flatMap(Checkpointer::found).ifPresent(this::restore);
    ElementType products =
        Processor.resolve(options.precision()) == Precision.BFLOAT16
            ? ElementType.BFLOAT16
            : ElementType.FLOAT32;
    try (TrainingStep step =
        new FusedStep(
            network, trainer.objective(), options.optimiser(), products, Processor.threads())) {
      checkpointer.ifPresent(own -> own.restore(step));
      trainer.run(
          step,
          history,
          listener,
          checkpointer.<Checkpoints>map(own -> own).orElseGet(Checkpoints::none));
    }
    if (network.sideBySide()) {
      completeCells =
          CompleteCells.moments(
              network, data, trainer.trainingCells(), new CounterRandom(setup.seed()));
    }
    return history;
  }

  /** Takes on parameters and history of a checkpoint of this model. */
  private void restore(StoredModel kept) {
    history = kept.history();
    try (PointerScope _ = new PointerScope()) {
      for (ParameterSpec parameter : network.parameters().specs()) {
        if (parameter.role() != ParameterSpec.Role.UNUSED) {
          float[] values = kept.tensors().get(parameter.name()).values();
          Tensors.memory(network.parameters().get(parameter.name()))
              .copyFrom(MemorySegment.ofArray(values));
        }
      }
    }
  }

  Embedding embed(FileCells cells, MissingSlices slices) {
    Embedding encoded =
        EncodedCells.of(network, names(), cells, cells.size(), new CounterRandom(setup.seed()));
    return switch (slices) {
      case ENCODED -> encoded;
      case PREDICTED ->
          completeCells.map(moments -> PredictedSlices.of(encoded, moments)).orElse(encoded);
    };
  }

  private List<String> names() {
    return setup.modalities().stream().map(StoredModality::name).toList();
  }

  Attribution attribute(FileCells cells) {
    return AttributedCells.of(
        network, names(), cells, cells.size(), new CounterRandom(setup.seed()));
  }

  /**
   * @throws InputException when the model has no such feature, key or category
   */
  Expression express(FileCells cells, ExpressionPlan plan) {
    plan.features().ifPresent(names -> requireKnown(names));
    Counterfactuals counterfactuals =
        Counterfactuals.of(
            setup.schema(), setup.config().generative().useBatchInDecoder(), plan.transform());
    return ExpressedCells.of(
        network, asked(cells), cells, counterfactuals, new CounterRandom(setup.seed()), plan);
  }

  /**
   * @throws InputException when the model has no such feature, or no background to leave out
   */
  Prediction predict(FileCells cells, PredictionPlan plan) {
    plan.features().ifPresent(names -> requireKnown(names));
    if (!plan.background() && !hasBackground()) {
      throw new InputException(
          "The model has no additive background (use_additive_background was off in training) that could be left out.");
    }
    return PredictedCells.of(network, asked(cells), cells, new CounterRandom(setup.seed()), plan);
  }

  private List<AskedModality> asked(FileCells cells) {
    List<AskedModality> asked = new ArrayList<>();
    for (Modality modality : network.modalities()) {
      int m = modality.spec().index();
      StoredModality own = setup.modalities().get(m);
      asked.add(new AskedModality(modality, own.name(), own.features(), cells.places().get(m)));
    }
    return asked;
  }

  private boolean hasBackground() {
    return network.modalities().stream()
        .anyMatch(own -> own.spec().generative().useAdditiveBackground());
  }

  private void requireKnown(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (setup.modalities().stream().noneMatch(own -> own.features().contains(name))) {
        List<String> all = setup.modalities().stream().flatMap(m -> m.features().stream()).toList();
        throw new InputException(
            "The model has no feature '%s'; %s.".formatted(name, Nearest.words(name, all)));
      }
      if (!seen.add(name)) {
        throw new InputException("The feature '%s' is named twice.".formatted(name));
      }
    }
  }

  /**
   * @throws InputException when no modality has a background
   */
  Correction correct(FileCells cells, CorrectionPlan plan) {
    if (!hasBackground()) {
      throw new InputException(
          "The model has no additive background (use_additive_background was off in training), so it cannot tell which counts are ambient.");
    }
    return CorrectedCells.of(
        network, names(), cells, cells.places(), new CounterRandom(setup.seed()), plan);
  }

  /**
   * @throws InputException when a column, group, key or category does not exist, or a group has too
   *     few cells
   */
  DifferentialTable compare(CellSource source, DifferentialPlan plan) {
    List<ComparedCells.Asked> asked = new ArrayList<>();
    for (Modality modality : network.modalities()) {
      StoredModality own = setup.modalities().get(modality.spec().index());
      asked.add(new ComparedCells.Asked(modality, own.name(), own.features()));
    }
    ComparedCells.Cells cells =
        new ComparedCells.Cells(
            source.cells(),
            setup.schema().encode(source.cells()),
            looker -> {
              try (FileCells pass = FileCells.open(source, setup.schema(), setup.modalities())) {
                pass.forEach(looker);
              }
            });
    return ComparedCells.of(network, asked, setup.schema(), cells, plan);
  }

  double[] marginalLogLikelihood(FileCells cells, int samples, long drawSeed) {
    if (samples < 1) {
      throw new InputException("n_samples must be 1 or more, but is %d.".formatted(samples));
    }
    return MarginalLikelihood.of(network, cells, cells.size(), samples, drawSeed);
  }

  Evaluation evaluate(FileCells cells, long drawSeed) {
    try (FusedElbo elbo = new FusedElbo(network, Processor.threads())) {
      return ElboOfCells.of(elbo::prepare, cells, new CounterRandom(drawSeed), (_, _) -> {});
    }
  }

  /**
   * @param perFeature whether features are asked about one by one, which takes longer
   */
  Diagnosis diagnose(FileCells cells, long drawSeed, boolean perFeature) {
    List<CountParts> parts =
        network.modalities().stream()
            .map(modality -> new CountParts(modality, perFeature, Processor.threads()))
            .toList();
    try (FusedElbo elbo = new FusedElbo(network, Processor.threads())) {
      Evaluation evaluation =
          ElboOfCells.of(
              elbo::prepare,
              cells,
              new CounterRandom(drawSeed),
              (minibatch, pass) -> parts.forEach(part -> part.add(minibatch, pass)));
      List<Diagnosis.OfModality> modalities = new ArrayList<>();
      for (Modality modality : network.modalities()) {
        int index = modality.spec().index();
        modalities.add(
            new Diagnosis.OfModality(
                setup.modalities().get(index).name(),
                LibraryWeight.of(modality, network.priors().get(index).library()),
                parts.get(index).backgroundShares(setup.schema().names(Purpose.AMBIENT)),
                parts.get(index).featureReconstruction()));
      }
      return new Diagnosis(evaluation, modalities);
    } finally {
      parts.forEach(CountParts::close);
    }
  }

  /** What was learned of a modality's features, by its place in the model. */
  LearnedTerms learnedTerms(int modality) {
    return ReadTerms.of(network.modalities().get(modality), setup.schema());
  }

  StoredModel.Setup setup() {
    return setup;
  }

  Network network() {
    return network;
  }

  History history() {
    return history;
  }

  Optional<TrainConfig> trainConfig() {
    return training;
  }

  /** Writes the model's folder: whole, or not at all. */
  void save(Path modelDir, boolean overwrite) {
    ModelDirectory.write(modelDir, stored(), overwrite);
  }

  /** What is written of it. */
  StoredModel stored() {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    try (PointerScope _ = new PointerScope()) {
      for (ParameterSpec parameter : network.parameters().specs()) {
        float[] values = Tensors.floats(network.parameters().get(parameter.name()));
        tensors.put(parameter.name(), new Safetensors.Entry(parameter.shape(), values));
      }
    }
    return new StoredModel(setup, training, history, tensors, completeCells);
  }

  @Override
  public void close() {
    network.close();
  }
}
