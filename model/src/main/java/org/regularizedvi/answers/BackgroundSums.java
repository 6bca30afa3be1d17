package org.regularizedvi.answers;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Holds sums of expected counts over some cells, by ambient category.
 *
 * @param backgroundC those that the background gives
 * @param expectedC all
 */
public record BackgroundSums(double[] backgroundC, double[] expectedC) implements Serializable {
  static BackgroundSums none(int categories) {
    return new BackgroundSums(new double[categories], new double[categories]);
  }

  BackgroundSums plus(BackgroundSums more) {
    return new BackgroundSums(
        Sums.plus(backgroundC, more.backgroundC), Sums.plus(expectedC, more.expectedC));
  }

  /**
   * {@return the share of its cells' expected counts that each ambient category's background gives;
   * a category without cells has none}
   *
   * @param names of the categories, those of several keys side by side
   */
  public SequencedMap<String, Double> shares(List<String> names) {
    SequencedMap<String, Double> shares = new LinkedHashMap<>();
    for (int c = 0; c < expectedC.length; c++) {
      if (expectedC[c] > 0) {
        shares.put(names.get(c), backgroundC[c] / expectedC[c]);
      }
    }
    return shares;
  }
}
