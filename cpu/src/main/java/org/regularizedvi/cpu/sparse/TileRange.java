package org.regularizedvi.cpu.sparse;

/**
 * Stands for the tiles {@code [from, to)}.
 *
 * @param from the first tile
 * @param to the tile after the last
 */
public record TileRange(int from, int to) {
  /**
   * {@return all tiles}
   *
   * @param tiles of the genes
   */
  public static TileRange all(GeneTiles tiles) {
    return new TileRange(0, tiles.count());
  }

  /** {@return the number of tiles} */
  public int count() {
    return to - from;
  }

  /** {@return the tiles from the first of either range to the last; an empty range has none} */
  TileRange with(TileRange other) {
    if (count() == 0 || other.count() == 0) {
      return count() == 0 ? other : this;
    }
    return new TileRange(Math.min(from, other.from), Math.max(to, other.to));
  }
}
