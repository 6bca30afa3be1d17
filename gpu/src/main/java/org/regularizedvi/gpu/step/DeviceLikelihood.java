package org.regularizedvi.gpu.step;

import java.util.Optional;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * The likelihood of a modality's counts given the decoder's logits, and in training its gradients
 * by these. Softplus takes the logits where they are made; softmax, which goes over them three
 * times, and bursts, which have two for each gene, take them from memory.
 */
final class DeviceLikelihood {
  /** The place of the sum by the bias among those of a gene. */
  static final int BY_BIAS = 0;

  /** The place of the sum by the bias of burst sizes. */
  static final int BY_SIZE_BIAS = 5;

  /** Sums that it leaves of each gene in a segment, and of each cell in a tile. */
  private static final int SUMS_OF_A_GENE = 6;

  private static final int SUMS_OF_A_CELL = 3;

  private final Kernels kernels;
  private final ModalitySpec spec;
  private final GeneTerms genes;
  private final int stride;
  private final int geneTiles;
  private final boolean softmax;
  private final boolean byGroup;
  private final NoiseSource noise;
  private DeviceMemory geneSums = DeviceMemory.NONE;
  private DeviceMemory cellSums;
  private DeviceMemory logSums = DeviceMemory.NONE;
  private DeviceMemory rhoGradient = DeviceMemory.NONE;

  /**
   * Makes the likelihood of a modality.
   *
   * @param kernels of the card
   * @param spec the modality
   * @param genes have the genes' own parameters
   * @param sources take its draws
   */
  DeviceLikelihood(Kernels kernels, ModalitySpec spec, GeneTerms genes, NoiseSources sources) {
    this.kernels = kernels;
    this.spec = spec;
    this.genes = genes;
    this.stride = WideWeight.stride(spec.features());
    this.geneTiles = stride / WideWeight.TILE;
    this.softmax =
        !spec.generative().bursts()
            && spec.generative().scaleActivation() == ScaleActivation.SOFTMAX;
    this.byGroup = new InverseDispersion(spec).byGroup();
    this.noise =
        sources.add(
            Draw.of(Draw.Kind.THETA, spec.index()),
            byGroup ? NoiseSource.Form.NORMALS : NoiseSource.Form.SHARED_NORMALS,
            spec.features());
  }

  /**
   * What it sees of each cell and leaves of it.
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

  /** {@return whether it takes logits from memory} */
  boolean logitsInMemory() {
    return softmax || spec.generative().bursts();
  }

  void reserve(DeviceArena arena, int rows, int segments) {
    geneSums =
        kernels.training()
            ? arena.words((long) segments * SUMS_OF_A_GENE * stride)
            : DeviceMemory.NONE;
    cellSums = arena.words((long) geneTiles * SUMS_OF_A_CELL * rows);
    logSums = softmax ? arena.words(rows) : DeviceMemory.NONE;
    rhoGradient = softmax ? arena.words(rows) : DeviceMemory.NONE;
  }

  /** {@return what it sums up over the cells of each segment, of each gene} */
  DeviceMemory geneSums() {
    return geneSums;
  }

  /**
   * Adds the launches from the last hidden layers to the likelihood, in training with the gradients
   * by the logits.
   *
   * @param cells what it sees of each cell and leaves of it
   * @param own the decoder's branch, whose hidden layers have been launched
   * @param sizes the same of burst sizes, where there are any
   */
  void compute(
      Frame frame,
      CountRows counts,
      GeneSegments segments,
      Cells cells,
      DecoderBranch own,
      Optional<DecoderBranch> sizes) {
    Struct likelihood = likelihood(frame, counts, segments, cells);
    if (softmax) {
      own.decode(frame);
      frame
          .launches()
          .addLine(
              Code.LOG_SUMS_OF_ROWS, frame.rows(), own.logits(), spec.features(), stride, logSums);
      softmax(frame, likelihood, own, DeviceMemory.NONE, DeviceMemory.NONE);
      sumOverGenes(frame, cells, rhoGradient);
      if (frame.training()) {
        softmax(frame, likelihood, own, rhoGradient, own.gradient());
      }
    } else if (sizes.isPresent()) {
      own.decode(frame);
      sizes.get().decode(frame);
      bursts(frame, likelihood, cells, own, sizes.get());
      sumOverGenes(frame, cells, cells.byFactor());
    } else {
      softplus(frame, likelihood, own);
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
        stride,
        geneSums,
        cellSums);
  }

  private void add(Frame frame, Code code, Object... arguments) {
    int rowTiles = Math.ceilDiv(frame.rows(), WideWeight.TILE);
    frame.launches().add(code, geneTiles, rowTiles, 1, arguments);
  }

  private static DeviceMemory inTraining(Frame frame, DeviceMemory gradient) {
    return frame.training() ? gradient : DeviceMemory.NONE;
  }

  private void softplus(Frame frame, Struct likelihood, DecoderBranch own) {
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

  private void softmax(
      Frame frame,
      Struct likelihood,
      DecoderBranch own,
      DeviceMemory ofRho,
      DeviceMemory gradient) {
    Struct decoder = frame.launches().struct(own.logits(), logSums, ofRho, stride);
    add(
        frame,
        kernels.fitting(Code.SOFTMAX_LIKELIHOOD_FLOAT32, Code.SOFTMAX_LIKELIHOOD_BFLOAT16),
        likelihood,
        decoder,
        gradient);
  }

  private void bursts(
      Frame frame, Struct likelihood, Cells cells, DecoderBranch own, DecoderBranch sizes) {
    float intercept = (float) new BurstSize(spec).intercept();
    Struct decoder =
        frame.launches().struct(own.logits(), sizes.logits(), cells.unscaled(), intercept, stride);
    add(
        frame,
        kernels.fitting(Code.BURST_LIKELIHOOD_FLOAT32, Code.BURST_LIKELIHOOD_BFLOAT16),
        likelihood,
        decoder,
        inTraining(frame, own.gradient()),
        inTraining(frame, sizes.gradient()));
  }

  private void sumOverGenes(Frame frame, Cells cells, DeviceMemory third) {
    frame
        .launches()
        .addLine(
            Code.SUM_OVER_GENES,
            frame.blocksOfCells(),
            cellSums,
            geneTiles,
            frame.rows(),
            cells.present(),
            cells.logFactorials(),
            cells.logLikelihood(),
            cells.byLibrary(),
            third);
  }

  /** {@return whom a draw of log theta is for, by the numbers of likelihood.cuh} */
  private int noiseOf(Frame frame) {
    if (!frame.training()) {
      return 2;
    }
    return byGroup ? 0 : 1;
  }
}
