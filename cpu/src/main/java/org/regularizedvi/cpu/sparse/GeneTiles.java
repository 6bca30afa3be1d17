package org.regularizedvi.cpu.sparse;

import java.util.Arrays;

/**
 * Cuts genes into tiles of equal size; the last one may be smaller.
 *
 * @param genes number of genes
 * @param size genes per tile, a power of two
 */
public record GeneTiles(int genes, int size) {
  /** Small enough for a tile of logits to stay near a core, large enough for efficient products. */
  private static final int LARGE = 512;

  /** Few genes make more tiles of this size, which share out better and lie nearer. */
  private static final int SMALL = 256;

  private static final int MOST_SMALL_TILES = 32;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is no power of two
   */
  public GeneTiles {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size of a tile: expected a power of two, found " + size);
    }
  }

  /**
   * {@return the tiles that so many genes are cut into: a function of their number alone}
   *
   * @param genes number of genes
   */
  public static GeneTiles of(int genes) {
    return new GeneTiles(genes, genes > MOST_SMALL_TILES * SMALL ? LARGE : SMALL);
  }

  /** {@return the number of tiles} */
  public int count() {
    return (genes + size - 1) / size;
  }

  /**
   * {@return the first gene of a tile}
   *
   * @param tile its place
   */
  public int first(int tile) {
    return tile * size;
  }

  /**
   * {@return the first gene of each of some tiles}
   *
   * @param some their places; the number of tiles stands for the end of the last gene
   */
  public int[] firstGenes(int[] some) {
    return Arrays.stream(some).map(tile -> Math.min(genes, first(tile))).toArray();
  }

  /**
   * {@return the number of genes of a tile}
   *
   * @param tile its place
   */
  public int genesOf(int tile) {
    return Math.min(size, genes - first(tile));
  }

  /**
   * Turns genes into places within their tiles.
   *
   * @param genes holds them
   * @param from place of the first of them
   * @param count how many they are
   * @param out takes the places
   * @param at where the first of these is left
   */
  public void placesWithin(int[] genes, int from, int count, int[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = genes[from + i] & (size - 1);
    }
  }
}
