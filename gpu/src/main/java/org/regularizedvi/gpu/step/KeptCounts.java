package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * The counts of all cells of a training on the card, 6 bytes each, or 8 where 16 bits do not hold
 * one of them, so that a step is sent no more than the places of its cells.
 *
 * @param starts where each cell's counts begin, and the last end
 * @param genes of each count
 * @param counts 16 bits each, or float32
 * @param wide whether they are float32
 * @param logFactorials of each cell: the sum of log x! of its counts above 4
 */
record KeptCounts(
    DeviceMemory starts,
    DeviceMemory genes,
    DeviceMemory counts,
    boolean wide,
    double[] logFactorials) {
  /** The share of the card's free memory that counts may take: minibatches need some too. */
  private static final double SHARE = 0.5;

  /** {@return whether the card has room for the counts of all modalities} */
  static boolean fit(Device device, CellData data) {
    List<Counts> modalities = data.modalities().stream().map(ModalityCounts::counts).toList();
    double room = SHARE * device.bytesLeft();
    return bytes(modalities, _ -> false) <= room && bytes(modalities, KeptCounts::wide) <= room;
  }

  private static double bytes(List<Counts> modalities, Predicate<Counts> wide) {
    double bytes = 0;
    for (Counts all : modalities) {
      int ofOne = Integer.BYTES + bytesOfACount(wide.test(all));
      bytes += (double) all.nonzeros() * ofOne + (all.rows() + 1.0) * Long.BYTES;
    }
    return bytes;
  }

  private static int bytesOfACount(boolean wide) {
    return wide ? Float.BYTES : Short.BYTES;
  }

  /** {@return whether 16 bits do not hold one of the counts} */
  static boolean wide(Counts all) {
    if (all.fractional()) {
      return true;
    }
    for (Iterator<SparseRows> blocks = all.blocks().iterator(); blocks.hasNext(); ) {
      if (CountRows.isWide(blocks.next())) {
        return true;
      }
    }
    return false;
  }

  /** {@return the counts, copied} */
  static KeptCounts of(DeviceArena arena, Counts all, boolean wide) {
    KeptCounts kept =
        new KeptCounts(
            arena.zeros((all.rows() + 1L) * Long.BYTES),
            arena.words(all.nonzeros()),
            arena.zeros(Math.max(1, all.nonzeros()) * bytesOfACount(wide)),
            wide,
            new double[all.rows()]);
    long[] starts = new long[all.rows() + 1];
    int cell = 0;
    for (Iterator<SparseRows> blocks = all.blocks().iterator(); blocks.hasNext(); ) {
      SparseRows block = blocks.next();
      kept.put(block, starts[cell]);
      System.arraycopy(CountRows.logFactorials(block), 0, kept.logFactorials, cell, block.rows());
      for (int row = 0; row < block.rows(); row++) {
        starts[cell + 1] = starts[cell] + block.indptr()[row + 1] - block.indptr()[row];
        cell++;
      }
    }
    kept.upload(kept.starts, 0, MemorySegment.ofArray(starts), JAVA_LONG.byteSize());
    return kept;
  }

  private void put(SparseRows block, long from) {
    int count = block.nonzeros();
    MemorySegment columns = MemorySegment.ofArray(block.indices());
    long bytes = count * JAVA_INT.byteSize();
    upload(genes, from, columns.asSlice(0, bytes), JAVA_INT.byteSize());
    if (wide) {
      MemorySegment values = MemorySegment.ofArray(block.values());
      upload(counts, from, values.asSlice(0, count * JAVA_FLOAT.byteSize()), JAVA_FLOAT.byteSize());
    } else {
      MemorySegment values = MemorySegment.ofArray(CountRows.sixteenBits(block));
      upload(counts, from, values, JAVA_SHORT.byteSize());
    }
  }

  private void upload(DeviceMemory to, long from, MemorySegment values, long size) {
    if (values.byteSize() == 0) {
      return;
    }
    try (Arena host = Arena.ofConfined()) {
      MemorySegment copy = host.allocate(values.byteSize(), Long.BYTES).copyFrom(values);
      to.slice(from * size, values.byteSize()).upload(copy);
      to.device().await();
    }
  }

  /** {@return the sums of some cells, by their places} */
  double[] logFactorials(int[] places) {
    double[] some = new double[places.length];
    for (int n = 0; n < some.length; n++) {
      some[n] = logFactorials[places[n]];
    }
    return some;
  }

  /** {@return the counts as kernels take them} */
  Struct struct(Launches launches, DeviceMemory places) {
    List<DeviceMemory> sorted = CountRows.sorted(wide, counts);
    return launches.struct(starts, genes, sorted.getFirst(), sorted.getLast(), places);
  }
}
