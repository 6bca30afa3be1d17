package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ExtendedTensor;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.CpuStep;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.kernel.random.CounterRandom;

/** Trains a small model of invented cells for a few steps, on a card or on processors. */
public final class SmallTraining implements AutoCloseable {
  static final CovariateKeys KEYS =
      CovariateKeys.batch("batch")
          .withNnConditioning("donor", "one")
          .withNnContinuous("number")
          .withEncoder("donor");

  private static final Function<NetworkSpec, Parameters> START =
      spec -> Parameters.start(ParameterLayout.ofAll(spec), 9);

  private final CellData data;
  private final Parameters parameters;
  private final Model model;
  private boolean kept;

  /** Invents cells of one modality and starts a model. */
  public SmallTraining(int cells, int genes, ModelConfig config) {
    this(TestCells.of(cells, genes, KEYS), data -> single(data, config), START, false);
  }

  /** Invents cells of two modalities, of which some lack one, and starts a model. */
  SmallTraining(int cells, int peaks, int genes, MultimodalConfig config) {
    this(
        TestCells.ofTwo(cells, peaks, genes, KEYS),
        data -> NetworkSpec.of(config, data.featureCounts(), CategoryCounts.of(data.schema())),
        START,
        false);
  }

  /** Changes a count. */
  interface Change {
    float of(int place, float count);
  }

  /** Invents cells, changes their counts, and starts a model. */
  static SmallTraining withCounts(int cells, int genes, ModelConfig config, Change change) {
    CellData data = TestCells.of(cells, genes, KEYS);
    SparseRows rows = data.counts().gather(IntStream.range(0, cells).toArray());
    float[] values = new float[rows.nonzeros()];
    for (int i = 0; i < values.length; i++) {
      values[i] = change.of(i, rows.values()[i]);
    }
    SparseRows changed = new SparseRows(genes, rows.indptr(), rows.indices(), values);
    return new SmallTraining(
        new CellData(
            data.source(),
            CountsInMemory.of(changed),
            data.features(),
            data.schema(),
            data.covariates()),
        own -> single(own, config),
        START,
        false);
  }

  /** Invents cells with size factors and starts a model. */
  static SmallTraining withSizeFactors(int cells, int genes, ModelConfig config) {
    CellData data = TestCells.of(cells, genes, KEYS.withSizeFactor("factor"));
    return new SmallTraining(data, own -> single(own, config), START, false);
  }

  /** Invents cells, and profiles of the background of all batches but one, and starts a model. */
  static SmallTraining withMeasuredBackground(int cells, int genes, ModelConfig config) {
    return new SmallTraining(
        TestCells.of(cells, genes, KEYS), data -> single(data, config), START, true);
  }

  /** Invents cells, and a model that knew fewer of their categories before, and starts it. */
  static SmallTraining extended(int cells, int genes, ModelConfig config) {
    int[] one = {1, 1};
    CategoryCounts known =
        new CategoryCounts(new int[] {2}, one, one, new int[] {1}, new int[] {2}, 2, 2, 1);
    return new SmallTraining(
        TestCells.of(cells, genes, KEYS),
        data -> single(data, config),
        spec -> extended(ParameterLayout.ofAll(single(genes, config, known)), spec),
        false);
  }

  private static Parameters extended(List<ParameterSpec> old, NetworkSpec spec) {
    List<ParameterSpec> whole = ParameterLayout.ofAll(spec);
    List<ExtendedTensor> all = new ArrayList<>();
    try (Parameters before = Parameters.start(old, 9)) {
      for (int i = 0; i < whole.size(); i++) {
        float[] values = before.values(old.get(i).name());
        all.add(ExtendedTensor.of(old.get(i), whole.get(i), values));
      }
    }
    return Parameters.of(
        all.stream().map(ExtendedTensor::spec).toList(),
        all.stream().map(ExtendedTensor::values).toList());
  }

  private static NetworkSpec single(CellData data, ModelConfig config) {
    return single(data.features().size(), config, CategoryCounts.of(data.schema()));
  }

  private static NetworkSpec single(int genes, ModelConfig config, CategoryCounts categories) {
    int latent = config.network().nLatent();
    return NetworkSpec.single(
        new ModalitySpec(0, StoredNames.single(), genes, latent, config, categories));
  }

  private SmallTraining(
      CellData data,
      Function<CellData, NetworkSpec> maker,
      Function<NetworkSpec, Parameters> start,
      boolean measured) {
    this.data = data;
    NetworkSpec spec = maker.apply(data);
    this.parameters = start.apply(spec);
    LibraryPrior library = new LibraryPrior(new float[3], new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
    List<ModalityPriors> priors =
        spec.modalities().stream()
            .map(
                own ->
                    new ModalityPriors(
                        library,
                        own.config().priors().dispersionHyperPrior(),
                        Optional.of(own.features())
                            .filter(_ -> measured)
                            .map(SmallTraining::ambient),
                        Optional.of(widths(own.features()))))
            .toList();
    this.model = new Model(spec, priors, parameters);
  }

  /** {@return a prior of the background of two batches of three} */
  private static AmbientPrior ambient(int genes) {
    float[] shares = new float[3 * genes];
    for (int g = 0; g < genes; g++) {
      shares[3 * g] = 1f / genes;
      shares[3 * g + 1] = 2f * g / genes / (genes - 1);
    }
    return new AmbientPrior(
        new FloatMatrix(genes, 3, shares),
        new double[] {2, 3, 1},
        new double[] {200, 50, 0},
        new double[] {10, 20, 0});
  }

  private static float[] widths(int genes) {
    float[] widths = new float[genes];
    for (int g = 0; g < genes; g++) {
      widths[g] = 1 + g % 7;
    }
    return widths;
  }

  /** {@return the model} */
  public Model model() {
    return model;
  }

  private StepPlan plan(Precision precision) {
    return StepPlan.alone(500, OptimiserConfig.published(), precision, 2);
  }

  TrainingStep onProcessors(Precision precision) {
    return new CpuStep(model, plan(precision), Products.here());
  }

  DeviceStep onCard(Device device, Precision precision) {
    return new DeviceStep(
        device,
        model,
        plan(precision),
        () -> {
          throw new IllegalStateException("nobody passes over cells here");
        });
  }

  /** Has the step keep the counts, so that minibatches come without them. */
  void keep(TrainingStep step) {
    kept = step.keep(data);
  }

  /** {@return whether the step keeps the counts} */
  boolean kept() {
    return kept;
  }

  /** {@return all cells} */
  public Minibatch minibatch() {
    int[] all = IntStream.range(0, data.covariates().size()).toArray();
    return kept ? data.cellsByGroup(all) : data.minibatchByGroup(all);
  }

  /** {@return the losses of some steps} */
  public List<StepLosses> run(TrainingStep step, int from, int to) {
    Minibatch minibatch = minibatch();
    List<StepLosses> losses = new ArrayList<>();
    for (int s = from; s < to; s++) {
      CounterNoise noise = new CounterNoise(new CounterRandom(3), s, minibatch.cells());
      losses.add(step.run(minibatch, noise, 0.5));
    }
    return losses;
  }

  /** {@return all parameters as they are stored after the step has stored them} */
  Map<String, float[]> stored(TrainingStep step) {
    step.store();
    Map<String, float[]> values = new LinkedHashMap<>();
    parameters.specs().stream()
        .filter(spec -> spec.role() != ParameterSpec.Role.UNUSED)
        .forEach(spec -> values.put(spec.name(), parameters.values(spec.name())));
    return values;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
