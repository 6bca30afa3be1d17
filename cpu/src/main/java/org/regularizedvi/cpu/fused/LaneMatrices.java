package org.regularizedvi.cpu.fused;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.kernel.ElementType;

/**
 * Keeps a matrix of cells x hidden units for each lane, added up in the order of lanes, whichever
 * thread did them; its memory is kept from step to step.
 */
final class LaneMatrices implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 64;

  private Tensor memory = HeadScratch.empty(ElementType.FLOAT32, 0);

  /** {@return room for so many lanes, with whatever was in it: L x N x H} */
  Tensor ofSize(int lanes, int rows, int columns) {
    long size = (long) lanes * rows * columns;
    if (memory.numel() < size) {
      memory.close();
      memory = HeadScratch.empty(ElementType.FLOAT32, size);
    }
    return memory.narrow(0, 0, size).view(lanes, rows, columns);
  }

  /** Adds the lanes up, some rows per task: N x H. */
  static Tensor sum(Tensor lanesLNH, Workers workers) {
    long rows = lanesLNH.size(1);
    Tensor sum = torch.empty(rows, lanesLNH.size(2));
    workers.run(
        (int) ((rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE),
        (_, task) -> {
          try (PointerScope _ = new PointerScope()) {
            long from = (long) task * ROWS_AT_ONCE;
            long some = Math.min(ROWS_AT_ONCE, rows - from);
            Tensor part = sum.narrow(0, from, some);
            part.copy_(lanesLNH.select(0, 0).narrow(0, from, some));
            for (long lane = 1; lane < lanesLNH.size(0); lane++) {
              part.add_(lanesLNH.select(0, lane).narrow(0, from, some));
            }
          }
        });
    return sum;
  }

  @Override
  public void close() {
    memory.close();
  }
}
