package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * The decoder from z to the likelihood of the counts, and back to z. Softplus takes the logits
 * where they are made; softmax, which goes over them three times, and bursts, which have two for
 * each gene, take them from memory.
 */
final class DecoderHead {
  /** Sums that the likelihood leaves of each gene in a segment, and of each cell in a tile. */
  private static final int SUMS_OF_A_GENE = 6;

  private static final int SUMS_OF_A_CELL = 3;

  /** The place of the sum by the bias among those of a gene, and of that by the bias of sizes. */
  private static final int BY_BIAS = 0;

  private static final int BY_SIZE_BIAS = 5;

  private final Kernels kernels;
  private final ModalitySpec spec;
  private final DecoderPenalties penalties;
  private final double share;
  private final GeneTerms genes;
  private final DecoderBranch own;
  private final Optional<DecoderBranch> sizes;
  private final boolean softmax;
  private final NoiseSource noise;
  private final HiddenPenalties hiddenPenalties;
  private final Optional<SparsityPrior> sparsity;
  private final Sums sums;
  private DeviceMemory geneSums = DeviceMemory.NONE;
  private DeviceMemory cellSums;
  private DeviceMemory logSums = DeviceMemory.NONE;
  private DeviceMemory rhoGradient = DeviceMemory.NONE;

  /**
   * Makes the decoder over stored parameters.
   *
   * @param kernels of the card
   * @param arena owns the wide weights
   * @param penalties hold the weights small
   * @param share what a nat of what all cells share adds to the loss
   * @param genes have the genes' own parameters
   * @param parameters of the model
   * @param stores have all but the wide weights
   * @param sums take its terms
   */
  DecoderHead(
      Kernels kernels,
      DeviceArena arena,
      DecoderPenalties penalties,
      double share,
      GeneTerms genes,
      Parameters parameters,
      Stores stores,
      Sums sums) {
    this.sums = sums;
    this.kernels = kernels;
    this.spec = penalties.spec();
    this.penalties = penalties;
    this.share = share;
    this.genes = genes;
    this.own =
        new DecoderBranch(
            kernels, arena, spec, DecoderBranch.Shape.of(new Decoder(spec)), parameters, stores);
    this.sizes =
        BurstSize.of(spec)
            .map(DecoderBranch.Shape::of)
            .map(shape -> new DecoderBranch(kernels, arena, spec, shape, parameters, stores));
    this.softmax =
        sizes.isEmpty() && spec.generative().scaleActivation() == ScaleActivation.SOFTMAX;
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
      own.weight().penalise(arena, factorG);
    }
    this.sparsity =
        Sparsity.ofHidden(spec)
            .map(
                prior ->
                    new SparsityPrior(
                        prior, spec.decoder().hidden(), sums, Sums.Sum.HIDDEN_SPARSITY));
    this.hiddenPenalties = new HiddenPenalties(arena, penalties, stores.small());
  }

  /**
   * What the likelihood sees of each cell and leaves of it.
   *
   * @param present whether it has the modality
   * @param library exp(l), times the modality's factor
   * @param unscaled exp(l) without the factor
   * @param logFactorials of its counts
   * @param logLikelihood takes that
   * @param byLibrary takes the gradient by l
   * @param byFactor takes that by the log of the factor, where bursts set it apart from that by l
   */
  record Cells(
      DeviceMemory present,
      DeviceMemory library,
      DeviceMemory unscaled,
      DeviceMemory logFactorials,
      DeviceMemory logLikelihood,
      DeviceMemory byLibrary,
      DeviceMemory byFactor) {}

  void reserve(DeviceArena arena, int rows, int segments) {
    own.reserve(arena, rows, softmax || sizes.isPresent(), sparsity.isPresent());
    sizes.ifPresent(branch -> branch.reserve(arena, rows, true, false));
    sparsity.ifPresent(prior -> prior.reserve(arena, rows));
    geneSums =
        kernels.training()
            ? arena.words((long) segments * SUMS_OF_A_GENE * stride())
            : DeviceMemory.NONE;
    cellSums = arena.words((long) geneTiles() * SUMS_OF_A_CELL * rows);
    logSums = softmax ? arena.words(rows) : DeviceMemory.NONE;
    rhoGradient = softmax ? arena.words(rows) : DeviceMemory.NONE;
  }

  private int stride() {
    return own.weight().stride();
  }

  private int geneTiles() {
    return stride() / WideWeight.TILE;
  }

  private List<DecoderBranch> branches() {
    List<DecoderBranch> all = new ArrayList<>(List.of(own));
    sizes.ifPresent(all::add);
    return all;
  }

  /** {@return numbers that the parts of its wide products take} */
  long partNumbers(int rows) {
    return branches().stream()
        .mapToLong(branch -> branch.weight().partNumbers(rows))
        .max()
        .orElseThrow();
  }

  /** Sends what it sees of cells besides z and counts. */
  void send(Covariates covariates) {
    branches().forEach(branch -> branch.send(covariates));
  }

  /**
   * Adds the launches from z to the likelihood, in training with the gradients by the logits.
   *
   * @param z of each cell, rows without gaps
   * @param cells what it sees of each cell and leaves of it
   */
  void forward(Frame frame, CountRows counts, GeneSegments segments, Rows z, Cells cells) {
    branches().forEach(branch -> branch.forward(frame, z));
    sparsity.ifPresent(prior -> prior.addUp(frame, own.units(), cells.present()));
    Struct likelihood = likelihood(frame, counts, segments, cells);
    if (softmax) {
      own.decode(frame);
      frame
          .launches()
          .addLine(
              Code.LOG_SUMS_OF_ROWS,
              frame.rows(),
              own.logits(),
              spec.features(),
              stride(),
              logSums);
      softmax(frame, likelihood, DeviceMemory.NONE, DeviceMemory.NONE);
      sumOverGenes(frame, cells, rhoGradient);
      if (frame.training()) {
        softmax(frame, likelihood, rhoGradient, own.gradient());
      }
    } else if (sizes.isPresent()) {
      branches().forEach(branch -> branch.decode(frame));
      bursts(frame, likelihood, cells, sizes.get());
      sumOverGenes(frame, cells, cells.byFactor());
    } else {
      softplus(frame, likelihood);
      sumOverGenes(frame, cells, DeviceMemory.NONE);
    }
  }

  private Struct likelihood(Frame frame, CountRows counts, GeneSegments segments, Cells cells) {
    Launches launches = frame.launches();
    return launches.struct(
        frame.step(),
        counts.dense().getFirst(),
        counts.dense().getLast(),
        cells.library(),
        frame.cells(),
        cells.present(),
        genes.tables(launches),
        segments.struct(launches),
        noise.struct(frame),
        noiseOf(frame),
        frame.rows(),
        spec.features(),
        stride(),
        geneSums,
        cellSums);
  }

  private void add(Frame frame, Code code, Object... arguments) {
    int rowTiles = Math.ceilDiv(frame.rows(), WideWeight.TILE);
    frame.launches().add(code, geneTiles(), rowTiles, 1, arguments);
  }

  private static DeviceMemory inTraining(Frame frame, DeviceMemory gradient) {
    return frame.training() ? gradient : DeviceMemory.NONE;
  }

  private void softplus(Frame frame, Struct likelihood) {
    add(
        frame,
        kernels.fitting(Code.HEAD_FORWARD_FLOAT32, Code.HEAD_FORWARD_BFLOAT16),
        likelihood,
        own.hidden(),
        own.weight().operand(),
        own.bias(),
        inTraining(frame, own.gradient()),
        own.weight().units());
  }

  private void softmax(Frame frame, Struct likelihood, DeviceMemory ofRho, DeviceMemory gradient) {
    Struct decoder = frame.launches().struct(own.logits(), logSums, ofRho, stride());
    add(
        frame,
        kernels.fitting(Code.SOFTMAX_LIKELIHOOD_FLOAT32, Code.SOFTMAX_LIKELIHOOD_BFLOAT16),
        likelihood,
        decoder,
        gradient);
  }

  private void bursts(Frame frame, Struct likelihood, Cells cells, DecoderBranch branch) {
    float intercept = (float) new BurstSize(spec).intercept();
    Struct decoder =
        frame
            .launches()
            .struct(own.logits(), branch.logits(), cells.unscaled(), intercept, stride());
    add(
        frame,
        kernels.fitting(Code.BURST_LIKELIHOOD_FLOAT32, Code.BURST_LIKELIHOOD_BFLOAT16),
        likelihood,
        decoder,
        inTraining(frame, own.gradient()),
        inTraining(frame, branch.gradient()));
  }

  private void sumOverGenes(Frame frame, Cells cells, DeviceMemory third) {
    frame
        .launches()
        .addLine(
            Code.SUM_OVER_GENES,
            frame.blocksOfCells(),
            cellSums,
            geneTiles(),
            frame.rows(),
            cells.present(),
            cells.logFactorials(),
            cells.logLikelihood(),
            cells.byLibrary(),
            third);
  }

  /**
   * Adds the launches from z to the last hidden layer.
   *
   * @param z of each cell, rows without gaps
   */
  void hide(Frame frame, Rows z) {
    own.forward(frame, z);
  }

  /** {@return the last layer as kernels of {@code decode.cu} take it, of float32 operands} */
  Struct lastLayer(Frame frame) {
    return frame
        .launches()
        .struct(
            own.hidden(),
            own.weight().operand(),
            own.bias(),
            frame.rows(),
            spec.features(),
            own.weight().units());
  }

  /** {@return whom a draw of log theta is for, by the numbers of likelihood.cuh} */
  private int noiseOf(Frame frame) {
    if (!frame.training()) {
      return 2;
    }
    return new InverseDispersion(spec).byGroup() ? 0 : 1;
  }

  /**
   * Adds the launches that take the gradients by the logits back to z, and Adam's on the wide
   * weights.
   *
   * @param room for parts of sums
   * @param drawn whether the expectation in the dispersion's prior is a draw
   * @param present whether each cell has the modality
   * @param zGradient takes the gradient by z, or, of all but the first modality, adds to it
   */
  void backward(
      Frame frame,
      GeneSegments segments,
      DeviceMemory room,
      boolean drawn,
      DeviceMemory present,
      Rows zGradient) {
    own.backward(frame, room);
    WideWeight weight = own.weight();
    if (weight.penaltySums() != DeviceMemory.NONE) {
      sums.add(frame, Sums.Sum.SCALE_PENALTY, weight.penaltySums(), weight.penaltyBlocks());
    }
    own.differentiateBias(frame, segments, geneSums, BY_BIAS);
    genes.differentiate(frame, segments, geneSums, drawn, sums);
    sparsity.ifPresent(
        prior -> prior.differentiate(frame, own.units(), present, own.unitsGradient()));
    own.backward(frame, zGradient, spec.index() > 0);
    sizes.ifPresent(
        branch -> {
          branch.backward(frame, room);
          branch.differentiateBias(frame, segments, geneSums, BY_SIZE_BIAS);
          branch.backward(frame, zGradient, true);
        });
    hiddenPenalties.differentiate(frame, sums);
  }

  /** Adds the values of the penalties, nats per data set. */
  void addValues(GlobalNats nats) {
    nats.add(
        GlobalTerm.DECODER_PENALTIES,
        sums.of(Sums.Sum.SCALE_PENALTY) / (2 * share) + sums.of(Sums.Sum.HIDDEN_PENALTY));
  }

  /** {@return its wide weights} */
  List<WideWeight.Named> wide() {
    return branches().stream().map(DecoderBranch::named).toList();
  }
}
