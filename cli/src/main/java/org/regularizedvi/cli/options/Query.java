package org.regularizedvi.cli.options;

import org.regularizedvi.core.config.MissingFeatures;

/**
 * Says how a file may differ from the one that a model was trained on.
 *
 * @param missing what becomes of features of the model that it lacks
 * @param allCells whether all of its cells are taken, whatever the model was trained on
 */
public record Query(MissingFeatures missing, boolean allCells) {
  /** {@return no difference: the cells are chosen as in training, and no feature may be missing} */
  public static Query asTrained() {
    return new Query(MissingFeatures.ERROR, false);
  }
}
