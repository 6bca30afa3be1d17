package org.regularizedvi.cells.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SparseRows;

/** Whatever the counts are, a store answers everything as memory does, bit by bit. */
class AnyStoreTest {
  static SparseRows counts(int rows, int columns, double density, boolean whole, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] indptr = new int[rows + 1];
    int[] indices = new int[rows * columns];
    float[] values = new float[rows * columns];
    int entries = 0;
    for (int r = 0; r < rows; r++) {
      double own = density * random.nextInt(3);
      for (int c = 0; c < columns; c++) {
        if (random.nextDouble() < own) {
          indices[entries] = c;
          values[entries++] =
              whole || random.nextInt(3) > 0
                  ? 1 + random.nextInt(1 << random.nextInt(24))
                  : random.nextFloat();
        }
      }
      indptr[r + 1] = entries;
    }
    return new SparseRows(
        columns, indptr, Arrays.copyOf(indices, entries), Arrays.copyOf(values, entries));
  }

  static void requireEqual(SparseRows found, SparseRows expected) {
    assertThat(found.columns()).isEqualTo(expected.columns());
    assertThat(found.indptr()).isEqualTo(expected.indptr());
    assertThat(found.indices()).isEqualTo(expected.indices());
    assertThat(found.values()).isEqualTo(expected.values());
  }

  @Property(tries = 100)
  void answersAsMemoryDoes(
      @ForAll @IntRange(min = 0, max = 80) int rows,
      @ForAll @IntRange(min = 1, max = 700) int columns,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double density,
      @ForAll boolean whole,
      @ForAll @IntRange(min = 1, max = 70) int atOnce,
      @ForAll long seed) {
    SparseRows held = counts(rows, columns, density, whole, seed);
    Counts memory = CountsInMemory.of(held);
    try (CountReader reader = HeldRows.reader(held, atOnce);
        CountStore store = CountStore.temporary(Path.of("target"), "", reader)) {
      Counts stored = store.counts("");
      requireSame(stored, memory, seed);
      assertThat(stored.rounded()).isEqualTo(3);
      SplittableRandom random = new SplittableRandom(seed);
      int[] order = random.ints(rows == 0 ? 0 : 50, 0, Math.max(1, rows)).toArray();
      for (int i = 0; i < order.length; i += 7) {
        order[i] = -1;
      }
      requireSame(stored.inOrder(order), memory.inOrder(order), seed);
      int[] again = {order.length - 1, -1, 0};
      if (rows > 0) {
        requireSame(
            stored.inOrder(order).inOrder(again), memory.inOrder(order).inOrder(again), seed);
      }
    }
  }

  private static void requireSame(Counts stored, Counts memory, long seed) {
    int rows = memory.rows();
    assertThat(List.of(stored.rows(), stored.columns(), stored.nonzeros(), stored.fractional()))
        .isEqualTo(List.of(rows, memory.columns(), memory.nonzeros(), memory.fractional()));
    assertThat(stored.digest()).isEqualTo(memory.digest());
    requireEqual(stored.slice(0, rows), memory.slice(0, rows));
    requireEqual(stored.slice(rows / 3, rows / 2), memory.slice(rows / 3, rows / 2));
    int[] some = new SplittableRandom(seed).ints(60, 0, Math.max(1, rows)).toArray();
    if (rows > 0) {
      requireEqual(stored.gather(some), memory.gather(some));
      assertThat(stored.totals(some)).isEqualTo(memory.totals(some));
      requireEqual(
          SparseRows.join(memory.columns(), stored.blocks().toList()), memory.slice(0, rows));
    }
    for (int row = 0; row < rows; row++) {
      assertThat(stored.isEmpty(row)).isEqualTo(memory.isEmpty(row));
    }
  }
}
