package org.regularizedvi.cpu.sparse;

import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.cpu.split.Split;

/**
 * Says which tiles of a modality's genes one of several workers computes.
 *
 * @param tiles all tiles
 * @param likelihoods those whose likelihood it computes
 * @param encoded those that it sums up for the first layers
 */
public record TileShare(GeneTiles tiles, TileRange likelihoods, TileRange encoded) {
  /**
   * {@return the share of a worker}
   *
   * @param genes number of genes of the modality
   * @param rank the worker's place among all, from 0
   * @param ranks the number of workers
   */
  public static TileShare of(int genes, int rank, int ranks) {
    GeneTiles tiles = GeneTiles.of(genes);
    GeneRuns runs = new GeneRuns(tiles);
    int[] ofTiles = Split.bounds(tiles.count(), ranks);
    int[] ofRuns = Split.bounds(runs.count(), ranks);
    return new TileShare(
        tiles,
        new TileRange(ofTiles[rank], ofTiles[rank + 1]),
        runs.tiles(ofRuns[rank], ofRuns[rank + 1]));
  }

  /** {@return the genes whose counts the worker needs, and those between} */
  public FeatureRange genes() {
    TileRange both = likelihoods.with(encoded);
    int[] firsts = tiles.firstGenes(new int[] {both.from(), both.to()});
    return new FeatureRange(firsts[0], firsts[1]);
  }
}
