package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * A weight of genes x units on the card with both moments, whose gradient never exists as a whole:
 * Adam takes it where the product makes it.
 */
final class WideWeight {
  /** Genes of a tile of a product, and units of one. */
  static final int TILE = 128;

  /** Rows of units are padded to it: copies are of 16 bytes, and products go 32 deep. */
  private static final int UNITS_AT_ONCE = 32;

  /** Parts that sums over genes are cut into, whatever the card. */
  private static final int PARTS = 16;

  /** Genes of a weight that is stored by units which are copied together: two cache lines. */
  private static final int GENES_AT_ONCE = 32;

  private final Kernels kernels;
  private final Layout layout;
  private final double lrMultiplier;
  private final boolean moves;
  private final DeviceMemory weight;
  private final DeviceMemory first;
  private final DeviceMemory second;
  private final DeviceMemory copy;
  private final DeviceMemory broken;
  private Optional<DeviceMemory> penalty = Optional.empty();
  private DeviceMemory penaltySums = DeviceMemory.NONE;

  /**
   * Says how the host stores the weight.
   *
   * @param stored the parameter's memory from the weight's first entry on
   * @param genes number of genes
   * @param units number of units
   * @param geneStride numbers from one gene to the next; 1 where it is stored by units
   * @param unitStride numbers from one unit to the next; 1 where it is stored by genes
   * @param momentStride numbers from one gene to the next in the host's moments
   */
  record Layout(
      MemorySegment stored,
      int genes,
      int units,
      int geneStride,
      int unitStride,
      int momentStride) {
    private Strides strides() {
      return new Strides(geneStride, unitStride);
    }
  }

  /**
   * Copies a weight to the card.
   *
   * @param kernels of the card
   * @param arena owns the memory
   * @param layout where the host stores it
   * @param spec its learning rate, and whether it follows its gradient
   */
  WideWeight(Kernels kernels, DeviceArena arena, Layout layout, ParameterSpec spec) {
    this.kernels = kernels;
    this.layout = layout;
    this.lrMultiplier = spec.lrMultiplier();
    this.moves = spec.movesWhole();
    long count = (long) stride() * units();
    this.weight = arena.words(count);
    this.first = kernels.training() ? arena.words(count) : DeviceMemory.NONE;
    this.second = kernels.training() ? arena.words(count) : DeviceMemory.NONE;
    this.copy = kernels.bfloat16() ? arena.zeros(count * Short.BYTES) : DeviceMemory.NONE;
    this.broken = arena.words(1);
    upload(weight, layout.stored, layout.strides());
    if (kernels.bfloat16()) {
      try (Launches round = new Launches(kernels)) {
        int numbers = Math.toIntExact(count);
        round.addLine(Code.ROUND_TO_BFLOAT16, Math.ceilDiv(numbers, 256), weight, copy, numbers);
        round.run();
        kernels.device().await();
      }
    }
  }

  /** {@return rows of matrices that have a column per gene, and rows of this weight's memory} */
  int stride() {
    return stride(layout.genes);
  }

  /** {@return the number of genes with what pads them to whole tiles} */
  static int stride(int genes) {
    return Math.ceilDiv(genes, TILE) * TILE;
  }

  /** {@return columns of this weight's memory} */
  int units() {
    return units(layout.units);
  }

  /** {@return the number of units with what pads them} */
  static int units(int units) {
    return Math.ceilDiv(units, UNITS_AT_ONCE) * UNITS_AT_ONCE;
  }

  /** {@return the operand of products: the weight, or its bfloat16 copy} */
  DeviceMemory operand() {
    return kernels.bfloat16() ? copy : weight;
  }

  /** {@return a mark: 1 when a gradient was not finite} */
  DeviceMemory broken() {
    return broken;
  }

  /** Adds a penalty of each gene: what times a weight is added to its gradient. */
  void penalise(DeviceArena arena, float[] factorG) {
    penalty = Optional.of(arena.of(factorG));
    penaltySums = arena.doubles(penaltyBlocks());
  }

  /** {@return the blocks that each leave a sum of factor times square, where there is a penalty} */
  int penaltyBlocks() {
    return stride() / TILE * Math.ceilDiv(units(), TILE);
  }

  /** {@return what these blocks leave} */
  DeviceMemory penaltySums() {
    return penaltySums;
  }

  /** {@return numbers that the parts of a product of so many rows take} */
  long partNumbers(int rows) {
    return (long) parts() * rows * units();
  }

  private int partLength() {
    return Math.ceilDiv(Math.ceilDiv(stride(), PARTS), UNITS_AT_ONCE) * UNITS_AT_ONCE;
  }

  private int parts() {
    return Math.ceilDiv(stride(), partLength());
  }

  /**
   * Adds the launches that multiply a matrix of cells x genes by this weight.
   *
   * @param left the matrix, of operands
   * @param parts room for parts of the sums
   * @param bias added to each row; none where there is none
   * @param out takes the product, rows without gaps
   * @param keep whether it is added to what is there
   */
  void multiply(
      Frame frame,
      DeviceMemory left,
      DeviceMemory parts,
      DeviceMemory bias,
      DeviceMemory out,
      boolean keep) {
    Launches launches = frame.launches();
    int rows = frame.rows();
    launches.add(
        kernels.fitting(Code.PART_OF_PRODUCT_FLOAT32, Code.PART_OF_PRODUCT_BFLOAT16),
        Math.ceilDiv(units(), TILE),
        Math.ceilDiv(rows, TILE),
        parts(),
        left,
        operand(),
        parts,
        rows,
        stride(),
        units(),
        partLength());
    launches.add(
        Code.SUM_OF_PARTS,
        Math.ceilDiv(layout.units, 32),
        Math.ceilDiv(rows, 8),
        1,
        parts,
        bias,
        out,
        parts(),
        rows,
        units(),
        layout.units,
        keep ? 1 : 0);
  }

  /**
   * Names a weight.
   *
   * @param stored its stored name
   * @param moments by which name its moments are kept
   * @param weight the weight
   */
  record Named(String stored, String moments, WideWeight weight) {}

  /**
   * Adds the launch of a step by the gradient left' right.
   *
   * @param left cells x genes, of operands
   * @param right cells x units, of operands
   * @param rightStride numbers of its rows
   */
  void step(Frame frame, DeviceMemory left, DeviceMemory right, int rightStride) {
    Launches launches = frame.launches();
    launches.add(
        kernels.fitting(Code.WEIGHT_STEP_FLOAT32, Code.WEIGHT_STEP_BFLOAT16),
        stride() / TILE,
        Math.ceilDiv(units(), TILE),
        1,
        launches.struct(
            weight,
            first,
            second,
            copy,
            layout.genes,
            stride(),
            layout.units,
            units(),
            penalty.orElse(DeviceMemory.NONE),
            penaltySums,
            moves ? 1 : 0,
            broken,
            lrMultiplier),
        left,
        right,
        rightStride,
        frame.rows(),
        frame.step());
  }

  /** Copies the weight into the host's store. */
  void store() {
    download(weight, layout.stored, layout.strides());
  }

  /** Gives both moments to the optimiser's state. */
  void addMoments(String name, Moments moments) {
    moments.add(name, (long) layout.genes * layout.momentStride, copyOf(first), copyOf(second));
  }

  private Moments.Copy copyOf(DeviceMemory moment) {
    Strides strides = new Strides(layout.momentStride, 1);
    return new Moments.Copy() {
      @Override
      public void download(MemorySegment into) {
        WideWeight.this.download(moment, into, strides);
      }

      @Override
      public void upload(MemorySegment from) {
        WideWeight.this.upload(moment, from, strides);
      }
    };
  }

  /**
   * Says where the host has the entries, in numbers; one of both strides is 1.
   *
   * @param gene from one gene to the next
   * @param unit from one unit to the next
   */
  private record Strides(long gene, long unit) {}

  private void upload(DeviceMemory own, MemorySegment from, Strides strides) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment padded = arena.allocate(own.bytes(), Long.BYTES);
      float[] run = new float[Math.max(GENES_AT_ONCE, layout.units)];
      forEachRun(
          strides,
          (at, count, gene, unit) -> {
            MemorySegment.copy(from, JAVA_FLOAT, at * Float.BYTES, run, 0, count);
            for (int i = 0; i < count; i++) {
              padded.setAtIndex(JAVA_FLOAT, place(strides, gene, unit, i), run[i]);
            }
          });
      own.upload(padded);
      kernels.device().await();
    }
  }

  private void download(DeviceMemory own, MemorySegment into, Strides strides) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment padded = arena.allocate(own.bytes(), Long.BYTES);
      own.download(padded);
      kernels.device().await();
      float[] run = new float[Math.max(GENES_AT_ONCE, layout.units)];
      forEachRun(
          strides,
          (at, count, gene, unit) -> {
            for (int i = 0; i < count; i++) {
              run[i] = padded.getAtIndex(JAVA_FLOAT, place(strides, gene, unit, i));
            }
            MemorySegment.copy(run, 0, into, JAVA_FLOAT, at * Float.BYTES, count);
          });
    }
  }

  /** Sees entries that lie side by side in the host's memory. */
  private interface Run {
    void see(long at, int count, int gene, int unit);
  }

  /** Goes over all entries so that both memories are walked through in order, or nearly. */
  private void forEachRun(Strides strides, Run run) {
    if (strides.unit == 1) {
      for (int g = 0; g < layout.genes; g++) {
        run.see(g * strides.gene, layout.units, g, 0);
      }
      return;
    }
    for (int g = 0; g < layout.genes; g += GENES_AT_ONCE) {
      for (int u = 0; u < layout.units; u++) {
        run.see(g + u * strides.unit, Math.min(GENES_AT_ONCE, layout.genes - g), g, u);
      }
    }
  }

  /** {@return where the card's copy has an entry of a run, in numbers} */
  private long place(Strides strides, int gene, int unit, int entry) {
    return strides.unit == 1
        ? (long) gene * units() + entry
        : (long) (gene + entry) * units() + unit;
  }
}
