package org.regularizedvi.core.data;

import java.util.stream.IntStream;
import org.regularizedvi.cells.SparseRows;

/**
 * Describes a modality's counts before any training.
 *
 * @param name the name of the modality, empty where there is one
 * @param cells the number of cells
 * @param features the number of features
 * @param nonzeros the number of counts above zero
 * @param emptyCells the number of cells without any count
 * @param emptyFeatures the number of features without a count in any cell
 */
public record InputFacts(
    String name, int cells, int features, long nonzeros, int emptyCells, int emptyFeatures) {
  /**
   * Goes through the counts once.
   *
   * @param modality the counts
   * @return what there is to tell about them
   */
  public static InputFacts of(ModalityCounts modality) {
    int cells = modality.counts().rows();
    boolean[] counted = new boolean[modality.features().size()];
    modality.counts().blocks().forEach(block -> mark(block, counted));
    return new InputFacts(
        modality.name(),
        cells,
        counted.length,
        modality.counts().nonzeros(),
        (int) IntStream.range(0, cells).filter(modality.counts()::isEmpty).count(),
        (int) IntStream.range(0, counted.length).filter(g -> !counted[g]).count());
  }

  private static void mark(SparseRows block, boolean[] counted) {
    for (int i = 0; i < block.nonzeros(); i++) {
      counted[block.indices()[i]] = true;
    }
  }

  /** {@return the share of all cells x features whose count is above zero} */
  public double density() {
    return (double) nonzeros / cells / features;
  }
}
