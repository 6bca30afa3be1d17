package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;
import org.regularizedvi.kernel.sparse.SparseProduct;

/**
 * Encodes cells: from their counts, as a dense matrix, through layers to mean and variance of a
 * normal distribution.
 */
final class EncoderLayers {
  private final Kernels kernels;
  private final Shape own;
  private final String weight;
  private final WideWeight first;
  private final DeviceMemory bias;
  private final DeviceMemory biasGradient;
  private final Optional<LinearMap> tail;
  private final LayerStack stack;
  private final LinearMap meanHead;
  private final LinearMap varianceHead;
  private final NoiseSource noise;
  private DeviceMemory input;
  private Optional<Slot> entryDraws = Optional.empty();
  private Slot tailInput;
  private Rows mean;
  private Rows head;
  private Rows variance;
  private Rows byMean;
  private Rows byHead;
  private DeviceMemory roundedGradient = DeviceMemory.NONE;

  /**
   * Says what an encoder sees and gives.
   *
   * @param spec the modality whose counts it sees
   * @param prefix its stored name
   * @param layers sizes and options of its layers
   * @param outputs dimensions of the distribution that it gives
   * @param dropout kind of its dropout's draws
   * @param draw what the draws of its distribution are for
   */
  record Shape(
      ModalitySpec spec,
      String prefix,
      NetShape layers,
      int outputs,
      Draw.Kind dropout,
      Draw.Kind draw) {
    /** {@return the encoder of z} */
    static Shape ofLatent(ModalitySpec spec) {
      return new Shape(
          spec,
          spec.names().latentEncoder(),
          spec.encoder(),
          spec.network().nLatent(),
          Draw.Kind.LATENT_DROPOUT,
          Draw.Kind.LATENT);
    }

    /** {@return the encoder of the log library size} */
    static Shape ofLibrary(ModalitySpec spec) {
      return new Shape(
          spec,
          spec.names().libraryEncoder(),
          spec.libraryEncoder(),
          1,
          Draw.Kind.LIBRARY_DROPOUT,
          Draw.Kind.LIBRARY);
    }

    private String stack() {
      return StoredNames.encoderLayers(prefix);
    }

    private String firstWeight() {
      return StoredNames.linear(stack(), 0, layers) + ".weight";
    }

    private int tailColumns() {
      return spec.categories().continuous() + layers.oneHot();
    }

    private String tailName() {
      return firstWeight() + " (covariates 0)";
    }

    private Optional<InputDropout> inputDropout() {
      return layers.dropoutOnInput() && layers.dropoutRate() > 0
          ? Optional.of(
              new InputDropout(
                  layers.dropoutRate(),
                  Draw.of(dropout, spec.index()),
                  Draw.of(dropout.ofCovariates(), spec.index())))
          : Optional.empty();
    }

    /** Adds the weight's columns for covariates, where there are any, to the small parameters. */
    void addTail(Parameters parameters, SequencedMap<String, SmallParameters.Stored> small) {
      if (tailColumns() > 0) {
        ParameterSpec stored = parameters.spec(firstWeight());
        small.put(
            tailName(),
            SmallParameters.columns(
                parameters.memory(firstWeight()),
                (int) stored.shape()[1],
                spec.features(),
                tailColumns(),
                stored.lrMultiplier()));
      }
    }

    /** {@return the stored name of the weight that is not among the small parameters} */
    String wideName() {
      return firstWeight();
    }
  }

  /**
   * Makes an encoder over stored parameters.
   *
   * @param kernels of the card
   * @param arena owns its wide weight
   * @param own what it sees and gives
   * @param parameters of the model
   * @param small has all but the wide weight
   * @param sources takes its draws
   */
  EncoderLayers(
      Kernels kernels,
      DeviceArena arena,
      Shape own,
      Parameters parameters,
      SmallParameters small,
      NoiseSources sources) {
    this.kernels = kernels;
    this.own = own;
    this.weight = own.firstWeight();
    ParameterSpec stored = parameters.spec(weight);
    int units = own.layers().hidden();
    this.first =
        new WideWeight(
            kernels,
            arena,
            new WideWeight.Layout(
                parameters.memory(weight),
                own.spec().features(),
                units,
                1,
                (int) stored.shape()[1],
                SparseProduct.stride(units)),
            stored.lrMultiplier());
    String linear = StoredNames.linear(own.stack(), 0, own.layers());
    this.bias = small.value(linear + ".bias");
    this.biasGradient = small.gradient(linear + ".bias");
    this.tail =
        own.tailColumns() > 0
            ? Optional.of(LinearMap.ofWeight(small, own.tailName(), units))
            : Optional.empty();
    int modality = own.spec().index();
    this.stack =
        new LayerStack(
            small,
            own.stack(),
            own.layers(),
            Optional.of(Draw.of(own.dropout(), modality)),
            sources);
    this.meanHead = LinearMap.of(small, own.prefix() + ".mean_encoder", own.outputs());
    this.varianceHead = LinearMap.of(small, own.prefix() + ".var_encoder", own.outputs());
    this.noise =
        sources.add(Draw.of(own.draw(), modality), NoiseSource.Form.NORMALS, own.outputs());
  }

  void reserve(DeviceArena arena, int rows, int entries) {
    int hidden = own.layers().hidden();
    stack.reserve(arena, rows, hidden, false);
    input = arena.zeros((long) rows * first.stride() * kernels.operandBytes());
    entryDraws = own.inputDropout().map(_ -> Slot.ofWords(arena, entries));
    tailInput = Slot.ofWords(arena, (long) rows * own.tailColumns());
    mean = Rows.of(arena, rows, own.outputs());
    head = Rows.of(arena, rows, own.outputs());
    variance = Rows.of(arena, rows, own.outputs());
    byMean = Rows.of(arena, rows, own.outputs());
    byHead = Rows.of(arena, rows, own.outputs());
    roundedGradient =
        kernels.bfloat16()
            ? arena.zeros((long) rows * first.units() * Short.BYTES)
            : DeviceMemory.NONE;
  }

  /** {@return numbers that the parts of its wide product take} */
  long partNumbers(int rows) {
    return first.partNumbers(rows);
  }

  /**
   * Sends what it sees of a minibatch besides counts.
   *
   * @param training the draws of a step; empty for a pass without dropout
   */
  void send(Minibatch minibatch, Optional<Noise> training) {
    int rows = minibatch.size();
    int continuous = own.spec().categories().continuous();
    int columns = own.tailColumns();
    OneHot oneHot = new OneHot(own.spec().categories().encoder());
    int[][] codes = minibatch.covariates().codes(Purpose.ENCODER);
    float[] all = new float[rows * columns];
    float[] factors = new float[continuous];
    for (int n = 0; n < rows && continuous > 0; n++) {
      Arrays.fill(factors, 1);
      if (training.isPresent() && own.inputDropout().isPresent()) {
        training.get().uniforms(own.inputDropout().get().covariates(), n, factors);
        own.inputDropout().get().factors(factors, continuous);
      }
      for (int c = 0; c < continuous; c++) {
        all[n * columns + c] = minibatch.covariates().continuous()[c][n] * factors[c];
      }
    }
    oneHot.put(codes, rows, all, columns, continuous);
    tailInput.send(all, all.length);
    stack.put(oneHot, codes, rows);
    if (entryDraws.isPresent() && training.filter(NoiseSources::given).isPresent()) {
      CountRows.supply(
          minibatch.counts().get(own.spec().index()),
          own.inputDropout().orElseThrow(),
          training.get(),
          entryDraws.get());
    }
  }

  /** {@return the distributions of the first cells, as the last launches found them} */
  Posterior posterior(int rows) {
    return new Posterior(numbers(mean, rows), numbers(variance, rows));
  }

  private FloatMatrix numbers(Rows all, int rows) {
    try (Arena host = Arena.ofConfined()) {
      MemorySegment copy = host.allocate((long) rows * own.outputs() * Float.BYTES, Long.BYTES);
      all.memory().download(copy);
      kernels.device().await();
      return new FloatMatrix(rows, own.outputs(), copy.toArray(JAVA_FLOAT));
    }
  }

  private Rows tails() {
    return new Rows(tailInput.device(), own.tailColumns());
  }

  /** {@return the distribution as kernels take it} */
  Struct posterior(Frame frame) {
    boolean softplus = own.spec().config().starts().encoders().useSoftplusVarActivation();
    return frame
        .launches()
        .struct(
            mean.memory(),
            head.memory(),
            variance.memory(),
            byMean.memory(),
            byHead.memory(),
            frame.rows(),
            own.outputs(),
            softplus ? 1 : 0,
            noise.struct(frame));
  }

  /** Adds the launches from the counts to the mean and the variance head's result. */
  void forward(Frame frame, CountRows counts, DeviceMemory parts) {
    counts.spreadInput(frame, own.inputDropout(), entryDraws, input);
    first.multiply(frame, input, parts, bias, stack.first().memory());
    tail.ifPresent(map -> map.forward(frame, tails(), stack.first(), true));
    stack.forward(frame);
    meanHead.forward(frame, stack.output(), mean, false);
    varianceHead.forward(frame, stack.output(), head, false);
  }

  /** Adds the launches that take the gradients by mean and variance head back, and Adam's. */
  void backward(Frame frame) {
    meanHead.differentiate(frame, byMean, stack.output());
    varianceHead.differentiate(frame, byHead, stack.output());
    int hidden = own.layers().hidden();
    meanHead.backward(frame, byMean, stack.outputGradient(), hidden, false);
    varianceHead.backward(frame, byHead, stack.outputGradient(), hidden, true);
    stack.backward(frame);
    Rows gradient = stack.firstGradient();
    LinearMap.sumColumns(frame, gradient, biasGradient, hidden);
    tail.ifPresent(map -> map.differentiate(frame, gradient, tails()));
    if (kernels.bfloat16()) {
      frame
          .launches()
          .add(
              Code.ROUND_ROWS,
              Math.ceilDiv(hidden, 32),
              Math.ceilDiv(frame.rows(), 8),
              1,
              gradient.memory(),
              hidden,
              roundedGradient,
              first.units(),
              frame.rows());
      first.step(frame, input, roundedGradient, first.units());
    } else {
      first.step(frame, input, gradient.memory(), hidden);
    }
  }

  /** {@return the weight of the counts} */
  WideWeight wide() {
    return first;
  }

  /** {@return the stored name of the weight of the counts} */
  String wideName() {
    return weight;
  }

  /** {@return by which name moments of that weight are kept} */
  String momentName() {
    return weight + " (counts 0)";
  }
}
