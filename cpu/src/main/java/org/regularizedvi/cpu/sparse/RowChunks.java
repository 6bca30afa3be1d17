package org.regularizedvi.cpu.sparse;

import org.regularizedvi.cpu.work.Workers;

/** Shares the rows of a minibatch out in chunks. */
record RowChunks(int rows) {
  private static final int CHUNK = 64;

  /** Does the work of a row, on one of the workers. */
  interface Body {
    void run(int worker, int row);
  }

  /** Runs a body for each row. */
  void run(Workers workers, Body body) {
    workers.run(
        (rows + CHUNK - 1) / CHUNK,
        (worker, chunk) -> {
          int end = Math.min(rows, (chunk + 1) * CHUNK);
          for (int n = chunk * CHUNK; n < end; n++) {
            body.run(worker, n);
          }
        });
  }
}
