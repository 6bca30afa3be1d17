package org.regularizedvi.cells.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Holds what a disk gave in a trial on a store.
 *
 * @param cells how many single cells a second
 * @param dealt how many a second may be had when all are read in a run, written in another order,
 *     and read in a run again
 */
record DiskTrial(double cells, double dealt) {
  /** Smaller stores are in the system's memory after one epoch, however slow the disk is. */
  private static final long WORTH_A_TRIAL = 1 << 26;

  private static final int FIRST = 256;
  private static final int ROWS = 512;
  private static final int RUN = 1 << 24;

  /** Trainings take 2,800 to 26,000 cells a second; a disk for single rows gives them more. */
  private static final double SLOW = 5_000;

  /** {@return whether a trial can tell anything of a store} */
  static boolean tells(ModalityRows rows) {
    return rows.facts().extent().rowBytes() >= WORTH_A_TRIAL && rows.index().rows() > ROWS;
  }

  /**
   * Reads some hundred random cells, after others that the compiler sees, and then a run.
   *
   * @param counts of a store of which a trial can tell
   */
  static DiskTrial of(StoredCounts counts) {
    ModalityRows rows = counts.stored();
    SplittableRandom random = new SplittableRandom(rows.index().rows());
    counts.gather(random.ints(FIRST, 0, counts.rows()).toArray());
    int[] some = random.ints(ROWS, 0, counts.rows()).toArray();
    long start = System.nanoTime();
    counts.gather(some);
    double cells = ROWS / seconds(start);
    long begin = rows.index().places()[0];
    long last = rows.index().end() - RUN;
    long from = begin + random.nextLong(last - begin + 1);
    start = System.nanoTime();
    try {
      rows.file().read(ByteBuffer.allocateDirect(RUN), from);
    } catch (IOException e) {
      throw rows.file().failed(e);
    }
    double bytes = RUN / seconds(start);
    double ofCell = (double) rows.facts().extent().rowBytes() / rows.index().rows();
    return new DiskTrial(cells, bytes / (3 * ofCell));
  }

  private static double seconds(long start) {
    return Math.max(1, System.nanoTime() - start) * 1e-9;
  }

  /** {@return whether the disk is better read in a run} */
  boolean slow() {
    return cells < SLOW && dealt > 2 * cells;
  }
}
