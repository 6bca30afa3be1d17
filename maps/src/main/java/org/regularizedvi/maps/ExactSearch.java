package org.regularizedvi.maps;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds nearest neighbours by comparing all pairs: a tile of points with one block of candidates
 * after the other, which stays in the cache meanwhile. Single precision chooses the neighbours;
 * their distances are then taken in double precision and sorted anew.
 */
final class ExactSearch {
  private static final int TILE = 64;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  private final Points points;
  private final PointBlocks blocks;
  private final int count;
  private final int[] indices;
  private final float[] distances;

  ExactSearch(Points points, int count) {
    this.points = points;
    this.blocks = new PointBlocks(points);
    this.count = count;
    this.indices = new int[Math.multiplyExact(points.rows(), count)];
    this.distances = new float[indices.length];
  }

  Neighbours run(Threads threads) {
    threads.each((points.rows() + TILE - 1) / TILE, this::searchTile);
    return new Neighbours(count, indices, distances);
  }

  private void searchTile(int tile) {
    int from = tile * TILE;
    int to = Math.min(points.rows(), from + TILE);
    Arrays.fill(distances, from * count, to * count, Float.POSITIVE_INFINITY);
    float[] found = new float[PointBlocks.SIZE];
    for (int block = 0; block < blocks.count(); block++) {
      int first = block * PointBlocks.SIZE;
      int size = blocks.size(block);
      for (int i = from; i < to; i++) {
        blocks.squaredDistances(i, block, found);
        if (i >= first && i < first + size) {
          found[i - first] = -1; // itself comes first, before any that lies on it
        }
        Arrays.fill(found, size, found.length, Float.POSITIVE_INFINITY);
        keepNearest(i * count, found, first);
      }
    }
    for (int i = from; i < to; i++) {
      measure(i);
    }
  }

  /** Inserts candidates into the ascending row that begins at {@code row}. */
  private void keepNearest(int row, float[] found, int first) {
    for (int c = 0; c < found.length; c += WIDTH) {
      // Few are nearer: most vectors are looked at once and left.
      if (FloatVector.fromArray(FLOATS, found, c).lt(distances[row + count - 1]).anyTrue()) {
        for (int lane = c; lane < c + WIDTH; lane++) {
          insert(row, found[lane], first + lane);
        }
      }
    }
  }

  private void insert(int row, float distance, int index) {
    int at = row + count - 1;
    if (distance < distances[at]) {
      for (; at > row && distances[at - 1] > distance; at--) {
        distances[at] = distances[at - 1];
        indices[at] = indices[at - 1];
      }
      distances[at] = distance;
      indices[at] = index;
    }
  }

  /** Replaces squared distances by distances, sorted by them and then by index. */
  private void measure(int point) {
    int row = point * count;
    distances[row] = 0;
    long[] keys = new long[count - 1];
    for (int n = 1; n < count; n++) {
      float distance = (float) points.distance(point, indices[row + n]);
      // The bits of floats that are not negative sort as they do.
      keys[n - 1] = (long) Float.floatToRawIntBits(distance) << 32 | indices[row + n];
    }
    Arrays.sort(keys);
    for (int n = 1; n < count; n++) {
      distances[row + n] = Float.intBitsToFloat((int) (keys[n - 1] >>> 32));
      indices[row + n] = (int) keys[n - 1];
    }
  }
}
