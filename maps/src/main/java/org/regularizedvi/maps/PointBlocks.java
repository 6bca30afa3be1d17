package org.regularizedvi.maps;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Points in blocks of {@value #SIZE}, coordinate by coordinate within a block, so that distances
 * from one point to a block are sums along lanes. The last block is filled up with points that
 * nobody asks for.
 */
final class PointBlocks {
  /** Points of a block: of 10 coordinates it fills a first-level cache of 32 KiB to two thirds. */
  static final int SIZE = 512;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  private final Points points;
  private final float[] lanes;

  PointBlocks(Points points) {
    this.points = points;
    int dims = points.columns();
    this.lanes = new float[Math.multiplyExact(count() * SIZE, dims)];
    for (int i = 0; i < points.rows(); i++) {
      int at = i / SIZE * SIZE * dims + i % SIZE;
      for (int d = 0; d < dims; d++) {
        lanes[at + d * SIZE] = points.values()[i * dims + d];
      }
    }
  }

  /** The number of blocks. */
  int count() {
    return (points.rows() + SIZE - 1) / SIZE;
  }

  /** The number of points in a block. */
  int size(int block) {
    return Math.min(SIZE, points.rows() - block * SIZE);
  }

  /**
   * Writes the squared distances from one point to those of a block, in single precision.
   *
   * @param out at least {@value #SIZE} long
   */
  void squaredDistances(int point, int block, float[] out) {
    int dims = points.columns();
    int from = block * SIZE * dims;
    float[] values = points.values();
    // Four vectors at a time, as one would wait for each addition in turn.
    for (int c = 0; c < SIZE; c += 4 * WIDTH) {
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int d = 0; d < dims; d++) {
        FloatVector own = FloatVector.broadcast(FLOATS, values[point * dims + d]);
        int at = from + d * SIZE + c;
        FloatVector t0 = FloatVector.fromArray(FLOATS, lanes, at).sub(own);
        FloatVector t1 = FloatVector.fromArray(FLOATS, lanes, at + WIDTH).sub(own);
        FloatVector t2 = FloatVector.fromArray(FLOATS, lanes, at + 2 * WIDTH).sub(own);
        FloatVector t3 = FloatVector.fromArray(FLOATS, lanes, at + 3 * WIDTH).sub(own);
        s0 = t0.fma(t0, s0);
        s1 = t1.fma(t1, s1);
        s2 = t2.fma(t2, s2);
        s3 = t3.fma(t3, s3);
      }
      s0.intoArray(out, c);
      s1.intoArray(out, c + WIDTH);
      s2.intoArray(out, c + 2 * WIDTH);
      s3.intoArray(out, c + 3 * WIDTH);
    }
  }
}
