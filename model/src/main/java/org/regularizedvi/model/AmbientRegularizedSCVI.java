package org.regularizedvi.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.schema.Purpose;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.checkpoint.ModelDirectory;
import org.regularizedvi.model.checkpoint.Safetensors;
import org.regularizedvi.model.checkpoint.StoredModel;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.Precision;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.fused.FusedElbo;
import org.regularizedvi.model.fused.FusedStep;
import org.regularizedvi.model.init.DataStarts;
import org.regularizedvi.model.net.CategoryCounts;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.ModalitySpec;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.NetworkSpec;
import org.regularizedvi.model.net.ParameterSpec;
import org.regularizedvi.model.net.Parameters;
import org.regularizedvi.model.net.StoredNames;
import org.regularizedvi.model.posterior.CountParts;
import org.regularizedvi.model.posterior.ElboOfCells;
import org.regularizedvi.model.posterior.EncodedCells;
import org.regularizedvi.model.posterior.LibraryWeight;
import org.regularizedvi.model.posterior.ReadTerms;
import org.regularizedvi.model.step.TrainingStep;
import org.regularizedvi.model.torch.Processor;
import org.regularizedvi.model.torch.Tensors;
import org.regularizedvi.model.train.TrainListener;
import org.regularizedvi.model.train.Trainer;

/**
 * The model of one modality: set up with data and options, trained, asked, saved, loaded. It owns
 * native memory until closed.
 *
 * <p>Everything random is a function of the seed: the same seed, data and options give the same
 * bits.
 */
public final class AmbientRegularizedSCVI implements AutoCloseable {
  private final ModelConfig config;
  private final Schema schema;
  private final List<String> features;
  private final Network network;
  private final long seed;
  private final String dataDigest;
  private History history;
  private Optional<TrainConfig> training;

  private AmbientRegularizedSCVI(StoredModel stored, Network network) {
    this.config = stored.config();
    this.schema = stored.schema();
    this.features = List.copyOf(stored.features());
    this.network = network;
    this.seed = stored.seed();
    this.dataDigest = stored.dataDigest();
    this.history = stored.history();
    this.training = stored.training();
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
    SetupChecks.run(data, config, warnings);
    ModalitySpec spec = spec(config, data.schema(), data.features().size());
    DataStarts starts =
        DataStarts.of(
            spec,
            data.counts(),
            data.covariates(),
            data.schema().of(Purpose.LIBRARY_SIZE).getFirst(),
            warnings);
    StoredModel fresh =
        new StoredModel(
            config,
            Optional.empty(),
            data.schema(),
            data.features(),
            starts.priors(),
            seed,
            data.counts().digest(),
            new History(),
            new LinkedHashMap<>());
    NetworkSpec whole = NetworkSpec.single(spec);
    Parameters parameters = Parameters.start(Network.layout(whole, List.of(starts.values())), seed);
    return new AmbientRegularizedSCVI(
        fresh, Network.of(whole, List.of(starts.priors()), parameters));
  }

  /**
   * Reads a saved model.
   *
   * @throws InputException when the folder holds none, or a tensor does not fit, naming it
   */
  public static AmbientRegularizedSCVI load(Path modelDir) {
    StoredModel stored = ModelDirectory.read(modelDir);
    NetworkSpec whole =
        NetworkSpec.single(spec(stored.config(), stored.schema(), stored.features().size()));
    List<ParameterSpec> layout = Network.layout(whole);
    List<float[]> values = new ArrayList<>();
    for (ParameterSpec parameter : layout) {
      Safetensors.Entry entry = stored.tensors().get(parameter.name());
      String found = entry == null ? "missing" : "of shape " + Arrays.toString(entry.shape());
      if (entry == null || !Arrays.equals(entry.shape(), parameter.shape())) {
        throw new InputException(
            "%s: tensor '%s' should have shape %s, but is %s."
                .formatted(modelDir, parameter.name(), Arrays.toString(parameter.shape()), found));
      }
      values.add(entry.values());
    }
    Network network = Network.of(whole, List.of(stored.priors()), Parameters.of(layout, values));
    return new AmbientRegularizedSCVI(stored, network);
  }

  /** With a size factor the library size is given, and nothing is left of it to learn. */
  private static ModalitySpec spec(ModelConfig config, Schema schema, int features) {
    ModelConfig own =
        schema.keys().sizeFactorKey().isPresent()
            ? config.with(config.library().withResidual(false))
            : config;
    return new ModalitySpec(
        0,
        StoredNames.single(),
        features,
        config.network().nLatent(),
        own,
        CategoryCounts.of(schema));
  }

  /**
   * Trains on the cells that the model was set up with.
   *
   * @return the history, one entry an epoch
   */
  public History train(CellData data, TrainConfig options, TrainListener listener) {
    if (!data.features().equals(features)) {
      throw new InputException(
          "%s does not have the features that the model was set up with.".formatted(data.source()));
    }
    Trainer trainer = new Trainer(network, data, options, seed);
    training = Optional.of(options);
    history = new History();
    ElementType products =
        Processor.resolve(options.precision()) == Precision.BFLOAT16
            ? ElementType.BFLOAT16
            : ElementType.FLOAT32;
    try (TrainingStep step =
        new FusedStep(
            network, trainer.objective(), options.optimiser(), products, Processor.threads())) {
      trainer.run(step, history, listener);
    }
    return history;
  }

  /** Encodes the cells of a file, streamed: its features may stand in any order. */
  public Embedding embed(AnnDataFile file, CountSource source, CountChecks checks) {
    try (FileCells cells = FileCells.open(file, source, checks, schema, features)) {
      return EncodedCells.of(network, cells, cells.size(), new CounterRandom(seed));
    }
  }

  /** Says how well the model explains the cells of a file, streamed. */
  public Evaluation evaluate(
      AnnDataFile file, CountSource source, CountChecks checks, long drawSeed) {
    try (FileCells cells = FileCells.open(file, source, checks, schema, features);
        FusedElbo elbo = new FusedElbo(network, Processor.threads())) {
      return ElboOfCells.of(elbo::prepare, cells, new CounterRandom(drawSeed), (_, _) -> {});
    }
  }

  /**
   * Says how well the model explains the cells of a file, streamed, and what it makes of them.
   *
   * @param perFeature whether features are asked about one by one, which takes longer
   */
  public Diagnosis diagnose(
      AnnDataFile file, CountSource source, CountChecks checks, long drawSeed, boolean perFeature) {
    Modality modality = network.modalities().getFirst();
    try (FileCells cells = FileCells.open(file, source, checks, schema, features);
        FusedElbo elbo = new FusedElbo(network, Processor.threads());
        CountParts parts = new CountParts(modality, perFeature, Processor.threads())) {
      Evaluation evaluation =
          ElboOfCells.of(elbo::prepare, cells, new CounterRandom(drawSeed), parts::add);
      return new Diagnosis(
          evaluation,
          LibraryWeight.of(modality, network.priors().getFirst().library()),
          parts.backgroundShares(schema.names(Purpose.AMBIENT)),
          parts.featureReconstruction());
    }
  }

  public LearnedTerms learnedTerms() {
    return ReadTerms.of(network.modalities().getFirst(), schema);
  }

  public History history() {
    return history;
  }

  public ModelConfig config() {
    return config;
  }

  public Optional<TrainConfig> trainConfig() {
    return training;
  }

  public Schema schema() {
    return schema;
  }

  public List<String> features() {
    return features;
  }

  public long seed() {
    return seed;
  }

  /** SHA-256 of the counts that the model was set up with. */
  public String dataDigest() {
    return dataDigest;
  }

  /** Writes the model's folder: whole, or not at all. */
  public void save(Path modelDir, boolean overwrite) {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    try (PointerScope _ = new PointerScope()) {
      for (ParameterSpec parameter : network.parameters().specs()) {
        float[] values = Tensors.floats(network.parameters().get(parameter.name()));
        tensors.put(parameter.name(), new Safetensors.Entry(parameter.shape(), values));
      }
    }
    ModelDirectory.write(
        modelDir,
        new StoredModel(
            config,
            training,
            schema,
            features,
            network.priors().getFirst(),
            seed,
            dataDigest,
            history,
            tensors),
        overwrite);
  }

  @Override
  public void close() {
    network.close();
  }
}
