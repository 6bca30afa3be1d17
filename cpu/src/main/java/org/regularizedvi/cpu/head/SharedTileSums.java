package org.regularizedvi.cpu.head;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.regularizedvi.cpu.split.SharedSum;
import org.regularizedvi.cpu.split.TreeShape;

/**
 * Gives what a worker has summed over its tiles to be added up with the others'.
 *
 * @param shape the tree over all tiles
 * @param own what it has summed
 * @param total takes the sum of all
 */
record SharedTileSums(TreeShape shape, List<TileSums> own, TileSums total) implements SharedSum {
  @Override
  public int floats() {
    return total.floats();
  }

  @Override
  public int doubles() {
    return total.doubles();
  }

  @Override
  public void pack(int root, int from, int to, MemorySegment into) {
    own.get(root).pack(from, to, into);
  }

  @Override
  public void unpack(int from, int to, MemorySegment packed) {
    total.unpack(from, to, packed);
  }
}
