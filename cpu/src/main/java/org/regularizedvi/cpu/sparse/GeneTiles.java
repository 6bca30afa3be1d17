package org.regularizedvi.cpu.sparse;

/** Cuts genes into tiles of equal size, a power of two; the last one may be smaller. */
public record GeneTiles(int genes, int size) {
  /** Small enough for a tile of logits to stay near a core, large enough for efficient products. */
  private static final int LARGE = 512;

  /** Few genes make more tiles of this size, which share out better and lie nearer. */
  private static final int SMALL = 256;

  private static final int MOST_SMALL_TILES = 32;

  public GeneTiles {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size of a tile: expected a power of two, found " + size);
    }
  }

  public static GeneTiles of(int genes) {
    return new GeneTiles(genes, genes > MOST_SMALL_TILES * SMALL ? LARGE : SMALL);
  }

  public int count() {
    return (genes + size - 1) / size;
  }

  public int first(int tile) {
    return tile * size;
  }

  public int genesOf(int tile) {
    return Math.min(size, genes - first(tile));
  }

  /** Turns {@code genes[from .. from + count)} into places within their tiles. */
  public void placesWithin(int[] genes, int from, int count, int[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = genes[from + i] & (size - 1);
    }
  }
}
