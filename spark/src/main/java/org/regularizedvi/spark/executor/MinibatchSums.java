package org.regularizedvi.spark.executor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.regularizedvi.answers.DiagnosisSums;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.input.Windows;

/**
 * Holds what a model says of the cells of one minibatch together.
 *
 * @param place the place of its first cell in the data set
 * @param sums over the cells
 */
public record MinibatchSums(int place, DiagnosisSums sums) implements Serializable {
  /**
   * {@return what a model says of the cells of a piece, which is closed}
   *
   * @param perFeature whether features are asked about one by one
   */
  static Iterator<MinibatchSums> of(
      RegularizedModel model, Windows windows, long seed, boolean perFeature) {
    List<MinibatchSums> all = new ArrayList<>();
    try (windows) {
      windows.forEachRemaining(
          window ->
              model.diagnose(
                  window,
                  seed,
                  perFeature,
                  (place, sums) -> all.add(new MinibatchSums(place, sums))));
    }
    return all.iterator();
  }
}
