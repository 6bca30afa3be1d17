package org.regularizedvi.gpu.step;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * Room for the counts of one minibatch of a modality, on the host and on the card.
 *
 * @param starts where each cell's counts begin, and the last end
 * @param columns the feature of each count
 * @param counts 16 bits each, or float32
 * @param wide whether they are float32
 */
record SentCounts(Slot starts, Slot columns, Slot counts, boolean wide) {
  /** {@return room for so many cells and counts above 0} */
  static SentCounts of(DeviceArena arena, int rows, int entries, boolean wide) {
    return new SentCounts(
        Slot.of(arena, (rows + 1L) * Long.BYTES),
        Slot.ofWords(arena, entries),
        Slot.of(arena, Math.max(1, entries) * (long) CountRows.bytesOfACount(wide)),
        wide);
  }

  /**
   * Sends counts.
   *
   * @param way copies from the host to the card
   */
  void send(SparseRows rows, BiConsumer<DeviceMemory, MemorySegment> way) {
    int count = rows.nonzeros();
    long[] bounds = Arrays.stream(rows.indptr()).asLongStream().toArray();
    starts.send(starts.put(bounds, rows.rows() + 1), way);
    columns.send(columns.put(rows.indices(), count), way);
    counts.send(
        wide ? counts.put(rows.values(), count) : counts.put(CountRows.sixteenBits(rows), count),
        way);
  }

  /** {@return the counts as kernels take them} */
  Struct struct(Launches launches) {
    List<DeviceMemory> sorted = CountRows.sorted(wide, counts.device());
    return launches.struct(
        starts.device(), columns.device(), sorted.getFirst(), sorted.getLast(), DeviceMemory.NONE);
  }
}
