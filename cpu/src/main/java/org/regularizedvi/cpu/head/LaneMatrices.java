package org.regularizedvi.cpu.head;

import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.work.Workers;

/**
 * Keeps a matrix of cells x hidden units for each lane, added up in the order of lanes, whichever
 * thread did them; its memory is kept from step to step.
 */
final class LaneMatrices implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 64;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Arena arena = Arena.ofShared();
  private final List<Matrix> lanes = new ArrayList<>();

  /** Makes room for so many lanes, with whatever was in them. */
  void reserve(int count, int rows, int columns) {
    if (lanes.size() < count || lanes.getFirst().rows() < rows) {
      arena.close();
      arena = Arena.ofShared();
      lanes.clear();
      for (int lane = 0; lane < count; lane++) {
        lanes.add(Matrix.in(arena, rows, columns));
      }
    }
  }

  /** {@return a lane: N x H} */
  Matrix of(int lane, int rows) {
    return lanes.get(lane).rows(0, rows);
  }

  /** Adds the lanes up into the first, some rows per task, and returns it: N x H. */
  Matrix sum(int count, int rows, Workers workers) {
    workers.run(
        Math.ceilDiv(rows, ROWS_AT_ONCE),
        (_, task) -> {
          int from = task * ROWS_AT_ONCE;
          int to = Math.min(rows, from + ROWS_AT_ONCE);
          for (int lane = 1; lane < count; lane++) {
            add(lanes.get(lane).rows(from, to), lanes.getFirst().rows(from, to));
          }
        });
    return lanes.getFirst().rows(0, rows);
  }

  private static void add(Matrix more, Matrix sum) {
    long bytes =
        (long) sum.rows() * sum.stride() * Float.BYTES - (sum.stride() - sum.columns()) * 4L;
    int step = F.vectorByteSize();
    long at = 0;
    for (; at + step <= bytes; at += step) {
      FloatVector.fromMemorySegment(F, sum.memory(), at, ORDER)
          .add(FloatVector.fromMemorySegment(F, more.memory(), at, ORDER))
          .intoMemorySegment(sum.memory(), at, ORDER);
    }
    for (; at < bytes; at += Float.BYTES) {
      int row = (int) (at / Float.BYTES / sum.stride());
      int column = (int) (at / Float.BYTES % sum.stride());
      if (column < sum.columns()) {
        sum.set(row, column, sum.get(row, column) + more.get(row, column));
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
