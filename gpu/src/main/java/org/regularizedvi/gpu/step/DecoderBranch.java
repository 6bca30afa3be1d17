package org.regularizedvi.gpu.step;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Hidden layers from z and the covariates to a wide linear map, whose results are logits. */
final class DecoderBranch {
  private final Kernels kernels;
  private final ModalitySpec spec;
  private final Shape own;
  private final LinearMap firstMap;
  private final LayerStack stack;
  private final WideWeight weight;
  private final DeviceMemory bias;
  private final DeviceMemory biasGradient;
  private Rows input;
  private Slot extra;
  private DeviceMemory gradient;
  private DeviceMemory logits = DeviceMemory.NONE;

  /**
   * Says where a branch is stored.
   *
   * @param layers the prefix of its hidden layers
   * @param net their sizes
   * @param weight the wide weight
   * @param bias its bias
   */
  record Shape(String layers, NetShape net, String weight, String bias) {
    static Shape of(Decoder decoder) {
      return new Shape(
          decoder.layers(), decoder.spec().decoder(), decoder.scaleWeight(), decoder.scaleBias());
    }

    static Shape of(BurstSize sizes) {
      return new Shape(
          sizes.layers(), sizes.spec().burstSizeDecoder(), sizes.headWeight(), sizes.headBias());
    }
  }

  /**
   * Makes a branch over stored parameters.
   *
   * @param kernels of the card
   * @param arena owns the wide weight
   * @param spec the modality
   * @param own where it is stored
   * @param parameters of the model
   * @param stores have all but the wide weight
   */
  DecoderBranch(
      Kernels kernels,
      DeviceArena arena,
      ModalitySpec spec,
      Shape own,
      Parameters parameters,
      Stores stores) {
    this.kernels = kernels;
    this.spec = spec;
    this.own = own;
    SmallParameters small = stores.small();
    NetShape net = own.net();
    this.firstMap = LinearMap.of(small, StoredNames.linear(own.layers(), 0, net), net.hidden());
    this.stack = new LayerStack(stores, own.layers(), net, Optional.empty());
    ParameterSpec stored = parameters.spec(own.weight());
    this.weight =
        new WideWeight(
            kernels,
            arena,
            new WideWeight.Layout(
                parameters.memory(own.weight()),
                spec.features(),
                net.hidden(),
                net.hidden(),
                1,
                net.hidden()),
            stored);
    this.bias = small.value(own.bias());
    this.biasGradient = small.gradient(own.bias());
  }

  /**
   * Makes room for a minibatch.
   *
   * @param inMemory whether logits are asked for
   * @param sparse whether the last hidden layer is asked for in float32
   */
  void reserve(DeviceArena arena, int rows, boolean inMemory, boolean sparse) {
    stack.reserve(arena, rows, weight.units(), kernels.bfloat16(), sparse);
    input = Rows.of(arena, rows, own.net().fanIn(0));
    extra = Slot.ofWords(arena, (long) rows * extraColumns());
    gradient =
        kernels.training()
            ? arena.zeros((long) rows * weight.stride() * kernels.operandBytes())
            : DeviceMemory.NONE;
    logits = inMemory ? arena.words((long) rows * weight.stride()) : DeviceMemory.NONE;
  }

  private int extraColumns() {
    return own.net().fanIn(0) - spec.jointLatent();
  }

  /** Sends what it sees of cells besides z. */
  void send(Covariates covariates) {
    int rows = covariates.size();
    int columns = extraColumns();
    int continuous = spec.categories().continuous();
    float[] all = new float[rows * columns];
    for (int c = 0; c < continuous; c++) {
      for (int n = 0; n < rows; n++) {
        all[n * columns + c] = covariates.continuous()[c][n];
      }
    }
    int[][] codes = covariates.codes(Purpose.NN_CONDITIONING);
    if (spec.generative().useBatchInDecoder()) {
      int[][] batch = covariates.codes(Purpose.BATCH);
      int[][] joined = Arrays.copyOf(batch, batch.length + codes.length);
      System.arraycopy(codes, 0, joined, batch.length, codes.length);
      codes = joined;
    }
    OneHot oneHot = new OneHot(spec.decoderKeys());
    oneHot.put(codes, rows, all, columns, continuous);
    extra.send(all, all.length);
    stack.put(oneHot, codes, rows);
  }

  /** {@return the wide weight} */
  WideWeight weight() {
    return weight;
  }

  /** {@return the wide weight, whose moments have its stored name} */
  WideWeight.Named named() {
    return new WideWeight.Named(own.weight(), own.weight(), weight);
  }

  /** {@return the bias of the logits} */
  DeviceMemory bias() {
    return bias;
  }

  /** {@return where the gradients by the logits are to be left, cells x genes, operands} */
  DeviceMemory gradient() {
    return gradient;
  }

  /** {@return the logits, cells x genes, where they were asked for} */
  DeviceMemory logits() {
    return logits;
  }

  /** {@return the last hidden layer as wide products take it, rows as long as the weight's} */
  DeviceMemory hidden() {
    return kernels.bfloat16() ? stack.rounded() : stack.output().memory();
  }

  /** {@return the last hidden layer in float32, where it was asked for} */
  Rows units() {
    return stack.output();
  }

  /** {@return the gradient by the last hidden layer} */
  Rows unitsGradient() {
    return stack.outputGradient();
  }

  /**
   * Adds the launches from z to the last hidden layer.
   *
   * @param z of each cell, rows without gaps
   */
  void forward(Frame frame, Rows z) {
    z.copy(frame, input);
    if (extraColumns() > 0) {
      new Rows(extra.device(), extraColumns()).copy(frame, input.from(spec.jointLatent()));
    }
    firstMap.forward(frame, input, stack.first(), false);
    stack.forward(frame);
  }

  /** Adds the launch that computes the logits. */
  void decode(Frame frame) {
    frame
        .launches()
        .add(
            kernels.fitting(Code.HEAD_LOGITS_FLOAT32, Code.HEAD_LOGITS_BFLOAT16),
            weight.stride() / WideWeight.TILE,
            Math.ceilDiv(frame.rows(), WideWeight.TILE),
            1,
            hidden(),
            weight.operand(),
            bias,
            logits,
            frame.rows(),
            spec.features(),
            weight.stride(),
            weight.units());
  }

  /**
   * Adds the launches that take the gradients by the logits back to the last hidden layer, and
   * Adam's on the wide weight.
   *
   * @param room for parts of sums
   */
  void backward(Frame frame, DeviceMemory room) {
    weight.multiply(
        frame, gradient, room, DeviceMemory.NONE, stack.outputGradient().memory(), false);
    weight.step(frame, gradient, hidden(), weight.units());
  }

  /**
   * Adds the launch that differentiates the bias.
   *
   * @param geneSums what the likelihood summed up
   * @param which of the sums of a gene is by this bias
   */
  void differentiateBias(Frame frame, GeneSegments segments, DeviceMemory geneSums, int which) {
    frame
        .launches()
        .addLine(
            Code.DIFFERENTIATE_BIAS,
            Math.ceilDiv(spec.features(), 256),
            geneSums,
            which,
            segments.count(frame.rows()),
            weight.stride(),
            spec.features(),
            biasGradient);
  }

  /**
   * Adds the launches from the last hidden layer's gradient to that by z.
   *
   * @param zGradient takes it
   * @param keep whether it is added to what is there
   */
  void backward(Frame frame, Rows zGradient, boolean keep) {
    stack.backward(frame);
    firstMap.differentiate(frame, stack.firstGradient(), input);
    firstMap.backward(frame, stack.firstGradient(), zGradient, spec.jointLatent(), keep);
  }
}
