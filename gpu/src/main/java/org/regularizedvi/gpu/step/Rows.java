package org.regularizedvi.gpu.step;

import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * Float32 rows on the card, one per cell.
 *
 * @param memory of the first row on
 * @param stride numbers from one row to the next
 */
record Rows(DeviceMemory memory, int stride) {
  /** {@return rows of zeros without gaps} */
  static Rows of(DeviceArena arena, int rows, int columns) {
    return new Rows(arena.words((long) rows * columns), columns);
  }

  /** {@return the same rows from a column on} */
  Rows from(int column) {
    long bytes = (long) column * Float.BYTES;
    return new Rows(memory.slice(bytes, memory.bytes() - bytes), stride);
  }

  /** Adds the launch that copies these rows, which are without gaps, to the beginning of others. */
  void copy(Frame frame, Rows to) {
    frame
        .launches()
        .add(
            Code.COPY_ROWS,
            Math.ceilDiv(stride, 32),
            Math.ceilDiv(frame.rows(), 8),
            1,
            memory,
            stride,
            to.memory(),
            to.stride(),
            frame.rows());
  }
}
