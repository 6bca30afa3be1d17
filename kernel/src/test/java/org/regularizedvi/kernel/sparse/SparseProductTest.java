package org.regularizedvi.kernel.sparse;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.kernel.sparse.SparseProduct.Dense;
import org.regularizedvi.kernel.sparse.SparseProduct.Sparse;

final class SparseProductTest {
  private static final int ROWS = 37;
  private static final int INDEXED = 53;

  /** Columns around the width of a block of eight vectors and of single vectors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100, 128, 129, 200, 512})
  void sumsWeightedRows(int columns) {
    int stride = SparseProduct.stride(columns);
    Sparse sparse = sparse();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment matrix = random(arena, (INDEXED + 3) * stride, 1);
      MemorySegment out = random(arena, (ROWS + 2) * stride, 2);
      float[] before = out.toArray(JAVA_FLOAT);
      SparseProduct.add(sparse, new Dense(matrix, 3, stride), new Dense(out, 1, stride), 5, 30);
      for (int r = -1; r <= ROWS; r++) {
        for (int c = 0; c < columns; c++) {
          int at = (r + 1) * stride + c;
          double expected = before[at];
          double scale = Math.abs(before[at]);
          for (int i = start(sparse, r); r >= 5 && r < 30 && i < sparse.end()[r]; i++) {
            long entry = sparse.entries()[i];
            int row = 3 + Sparse.index(entry);
            double term =
                (double) Sparse.value(entry) * matrix.getAtIndex(JAVA_FLOAT, row * stride + c);
            expected += term;
            scale += Math.abs(term);
          }
          assertThat((double) out.getAtIndex(JAVA_FLOAT, at))
              .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6 * scale));
        }
      }
    }
  }

  @Test
  void clearsTheRowsAskedForAndNoOthers() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = random(arena, 10 * 16, 3);
      float[] before = out.toArray(JAVA_FLOAT);
      SparseProduct.clear(new Dense(out, 2, 16), 1, 4);
      for (int i = 0; i < before.length; i++) {
        boolean cleared = i / 16 >= 3 && i / 16 < 6;
        assertThat(out.getAtIndex(JAVA_FLOAT, i)).isEqualTo(cleared ? 0 : before[i]);
      }
    }
  }

  @Test
  void transposesThereAndBack() {
    int height = 45;
    int columns = 70;
    int sourceStride = 77;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = random(arena, height * sourceStride, 4);
      Dense turned = new Dense(arena.allocate(4L * columns * 48), 0, 48);
      SparseProduct.transposeInto(source, height, columns, sourceStride, turned);
      assertThat(turned.memory().getAtIndex(JAVA_FLOAT, 7 * 48 + 5))
          .isEqualTo(source.getAtIndex(JAVA_FLOAT, 5 * sourceStride + 7));
      MemorySegment back = arena.allocate(source.byteSize());
      back.copyFrom(source);
      back.asSlice(0, 4L * columns).fill((byte) 1);
      SparseProduct.transposeFrom(turned, height, columns, back, sourceStride);
      assertThat(back.toArray(JAVA_FLOAT)).isEqualTo(source.toArray(JAVA_FLOAT));
    }
  }

  /** A vector that C2 boxes shows as memory: none may be taken once the loops are compiled. */
  @Test
  @EnabledIf("org.regularizedvi.kernel.instruction.Instructions#multiplyAndAdd")
  void allocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Sparse sparse = sparse();
    int stride = SparseProduct.stride(144);
    try (Arena arena = Arena.ofConfined()) {
      Dense matrix = new Dense(random(arena, INDEXED * stride, 5), 0, stride);
      Dense out = new Dense(random(arena, ROWS * stride, 6), 0, stride);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 400 && least > 0; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int repeat = 0; repeat < 50; repeat++) {
          SparseProduct.add(sparse, matrix, out, 0, ROWS);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).as("bytes of 50 calls, the least of all rounds").isLessThan(1024);
    }
  }

  private static int start(Sparse sparse, int row) {
    return row < 0 || row >= ROWS ? 0 : sparse.start()[row];
  }

  private static Sparse sparse() {
    SplittableRandom random = new SplittableRandom(9);
    int[] starts = new int[ROWS];
    int[] ends = new int[ROWS];
    long[] entries = new long[ROWS * (INDEXED + 1)];
    int n = 0;
    for (int r = 0; r < ROWS; r++) {
      starts[r] = n;
      for (int i = 0; i < INDEXED; i++) {
        if (random.nextInt(5) == 0 && r != 11) {
          entries[n++] = Sparse.entry(i, (float) random.nextDouble(-2, 5));
        }
      }
      ends[r] = n;
      n += r % 2; // rows need not follow one another
    }
    return new Sparse(starts, ends, entries);
  }

  private static MemorySegment random(Arena arena, int floats, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MemorySegment segment = arena.allocate(4L * floats, 64);
    for (int i = 0; i < floats; i++) {
      segment.setAtIndex(JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
    }
    return segment;
  }
}
