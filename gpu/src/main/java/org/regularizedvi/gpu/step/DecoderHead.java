package org.regularizedvi.gpu.step;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/** The decoder from z to the likelihood of the counts, and back to z. */
final class DecoderHead {
  private final Kernels kernels;
  private final ModalitySpec spec;
  private final Decoder decoder;
  private final DecoderPenalties penalties;
  private final double share;
  private final GeneTerms genes;
  private final LinearMap firstMap;
  private final LayerStack stack;
  private final WideWeight weight;
  private final DeviceMemory bias;
  private final DeviceMemory biasGradient;
  private final NoiseSource noise;
  private final HiddenPenalties hiddenPenalties;
  private Rows input;
  private Slot extra;
  private DeviceMemory gradient;
  private DeviceMemory geneSums;
  private DeviceMemory cellSums;

  /**
   * Makes the decoder over stored parameters.
   *
   * @param kernels of the card
   * @param arena owns the wide weight
   * @param penalties hold the weights small
   * @param share what a nat of what all cells share adds to the loss
   * @param genes have the genes' own parameters
   * @param parameters of the model
   * @param stores have all but the wide weight
   */
  DecoderHead(
      Kernels kernels,
      DeviceArena arena,
      DecoderPenalties penalties,
      double share,
      GeneTerms genes,
      Parameters parameters,
      Stores stores) {
    this.kernels = kernels;
    this.spec = penalties.spec();
    this.decoder = new Decoder(spec);
    this.penalties = penalties;
    this.share = share;
    this.genes = genes;
    SmallParameters small = stores.small();
    NetShape shape = spec.decoder();
    this.firstMap =
        LinearMap.of(small, StoredNames.linear(decoder.layers(), 0, shape), shape.hidden());
    this.stack = new LayerStack(small, decoder.layers(), shape, Optional.empty(), stores.sources());
    ParameterSpec stored = parameters.spec(decoder.scaleWeight());
    this.weight =
        new WideWeight(
            kernels,
            arena,
            new WideWeight.Layout(
                parameters.memory(decoder.scaleWeight()),
                spec.features(),
                shape.hidden(),
                shape.hidden(),
                1,
                shape.hidden()),
            stored.lrMultiplier());
    this.bias = small.value(decoder.scaleBias());
    this.biasGradient = small.gradient(decoder.scaleBias());
    boolean byGroup = new InverseDispersion(spec).byGroup();
    this.noise =
        stores
            .sources()
            .add(
                Draw.of(Draw.Kind.THETA, spec.index()),
                byGroup ? NoiseSource.Form.NORMALS : NoiseSource.Form.SHARED_NORMALS,
                spec.features());
    if (penalties.latentL2() > 0) {
      float[] factorG = new float[spec.features()];
      for (int g = 0; g < factorG.length; g++) {
        factorG[g] = (float) (2 * penalties.scaleL2(g) * share);
      }
      weight.penalise(arena, factorG);
    }
    this.hiddenPenalties = new HiddenPenalties(arena, penalties, small);
  }

  void reserve(DeviceArena arena, int rows, int segments) {
    NetShape shape = spec.decoder();
    int stride = weight.stride();
    stack.reserve(arena, rows, weight.units(), kernels.bfloat16());
    input = Rows.of(arena, rows, shape.fanIn(0));
    extra = Slot.ofWords(arena, (long) rows * extraColumns());
    gradient = arena.zeros((long) rows * stride * kernels.operandBytes());
    geneSums = arena.words((long) segments * 5 * stride);
    cellSums = arena.words((long) stride / WideWeight.TILE * 2 * rows);
  }

  /** {@return numbers that the parts of its wide product take} */
  long partNumbers(int rows) {
    return weight.partNumbers(rows);
  }

  private int extraColumns() {
    return spec.decoder().fanIn(0) - spec.jointLatent();
  }

  /** Sends what it sees of a minibatch besides z and counts. */
  void send(Minibatch minibatch) {
    int rows = minibatch.size();
    int columns = extraColumns();
    int continuous = spec.categories().continuous();
    float[] all = new float[rows * columns];
    for (int c = 0; c < continuous; c++) {
      for (int n = 0; n < rows; n++) {
        all[n * columns + c] = minibatch.covariates().continuous()[c][n];
      }
    }
    int[][] codes = minibatch.covariates().codes(Purpose.NN_CONDITIONING);
    if (spec.generative().useBatchInDecoder()) {
      int[][] batch = minibatch.covariates().codes(Purpose.BATCH);
      int[][] joined = Arrays.copyOf(batch, batch.length + codes.length);
      System.arraycopy(codes, 0, joined, batch.length, codes.length);
      codes = joined;
    }
    OneHot oneHot = new OneHot(spec.decoderKeys());
    oneHot.put(codes, rows, all, columns, continuous);
    extra.send(all, all.length);
    stack.put(oneHot, codes, rows);
  }

  /**
   * Adds the launch that sums up over genes what the head has left of each tile of them.
   *
   * @param present whether each cell has the modality
   * @param logFactorials of each cell's counts
   * @param logLikelihood takes that of each cell
   * @param byLibrary takes the gradient by l of each cell
   */
  void sumOverGenes(
      Frame frame,
      DeviceMemory present,
      DeviceMemory logFactorials,
      DeviceMemory logLikelihood,
      DeviceMemory byLibrary) {
    frame
        .launches()
        .addLine(
            Code.SUM_OVER_GENES,
            frame.blocksOfCells(),
            cellSums,
            geneTiles(),
            frame.rows(),
            present,
            logFactorials,
            logLikelihood,
            byLibrary);
  }

  private int geneTiles() {
    return weight.stride() / WideWeight.TILE;
  }

  /**
   * Adds the launches from z to the likelihood, in training with the gradients by the logits.
   *
   * @param z of each cell, rows without gaps
   * @param library exp(l) of each cell, times the modality's factor
   * @param present whether each cell has the modality
   */
  void forward(
      Frame frame,
      CountRows counts,
      GeneSegments segments,
      Rows z,
      DeviceMemory library,
      DeviceMemory present) {
    Launches launches = frame.launches();
    z.copy(frame, input);
    if (extraColumns() > 0) {
      new Rows(extra.device(), extraColumns()).copy(frame, input.from(spec.jointLatent()));
    }
    firstMap.forward(frame, input, stack.first(), false);
    stack.forward(frame);
    Struct likelihood =
        launches.struct(
            frame.step(),
            counts.dense(),
            library,
            frame.cells(),
            present,
            genes.tables(launches),
            segments.struct(launches),
            noise.struct(frame),
            noiseOf(frame),
            frame.rows(),
            spec.features(),
            weight.stride(),
            geneSums,
            cellSums);
    launches.add(
        kernels.fitting(Code.HEAD_FORWARD_FLOAT32, Code.HEAD_FORWARD_BFLOAT16),
        geneTiles(),
        Math.ceilDiv(frame.rows(), WideWeight.TILE),
        1,
        likelihood,
        hidden(),
        weight.operand(),
        bias,
        frame.training() ? gradient : DeviceMemory.NONE,
        weight.units());
  }

  /** {@return whom a draw of log theta is for, by the numbers of likelihood.cuh} */
  private int noiseOf(Frame frame) {
    if (!frame.training()) {
      return 2;
    }
    return new InverseDispersion(spec).byGroup() ? 0 : 1;
  }

  /** {@return the last hidden layer as wide products take it, rows as long as the weight's} */
  private DeviceMemory hidden() {
    return kernels.bfloat16() ? stack.rounded() : stack.output().memory();
  }

  /**
   * Adds the launches that take the gradients by the logits back to z, and Adam's on the wide
   * weight.
   *
   * @param parts room for parts of sums
   * @param drawn whether the expectation in the dispersion's prior is a draw
   */
  void backward(Frame frame, GeneSegments segments, DeviceMemory parts, boolean drawn, Sums sums) {
    weight.multiply(
        frame, gradient, parts, DeviceMemory.NONE, stack.outputGradient().memory(), false);
    weight.step(frame, gradient, hidden(), weight.units());
    if (weight.penaltySums() != DeviceMemory.NONE) {
      sums.add(frame, Sums.Sum.SCALE_PENALTY, weight.penaltySums(), weight.penaltyBlocks());
    }
    frame
        .launches()
        .addLine(
            Code.DIFFERENTIATE_BIAS,
            Math.ceilDiv(spec.features(), 256),
            geneSums,
            segments.count(frame.rows()),
            weight.stride(),
            spec.features(),
            biasGradient);
    genes.differentiate(frame, segments, geneSums, drawn, sums);
    stack.backward(frame);
    firstMap.differentiate(frame, stack.firstGradient(), input);
  }

  /** Adds the launch that computes the gradient by z, or adds to it. */
  void backward(Frame frame, Rows zGradient, boolean keep) {
    firstMap.backward(frame, stack.firstGradient(), zGradient, spec.jointLatent(), keep);
  }

  /** Adds the launches of the penalties of the hidden weights, whose gradients are known. */
  void penalise(Frame frame, Sums sums) {
    hiddenPenalties.differentiate(frame, sums);
  }

  /** Adds the values of the penalties, nats per data set. */
  void addValues(Sums sums, GlobalNats nats) {
    nats.add(
        GlobalTerm.DECODER_PENALTIES,
        sums.of(Sums.Sum.SCALE_PENALTY) / (2 * share) + sums.of(Sums.Sum.HIDDEN_PENALTY));
  }

  /** {@return the weight of the head, whose moments have its stored name} */
  WideWeight.Named wide() {
    return new WideWeight.Named(decoder.scaleWeight(), decoder.scaleWeight(), weight);
  }
}
