package org.regularizedvi.model.fused;

/** Genes cut into tiles of equal size, the last one smaller. */
record GeneTiles(int genes, int size) {
  /** Small enough for a tile of logits to stay near a core, large enough for efficient products. */
  static final int DEFAULT_SIZE = 512;

  static GeneTiles of(int genes) {
    return new GeneTiles(genes, DEFAULT_SIZE);
  }

  int count() {
    return (genes + size - 1) / size;
  }

  int first(int tile) {
    return tile * size;
  }

  int genesOf(int tile) {
    return Math.min(size, genes - first(tile));
  }
}
