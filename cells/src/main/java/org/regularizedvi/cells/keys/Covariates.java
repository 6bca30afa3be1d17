package org.regularizedvi.cells.keys;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Holds what the model knows about a set of cells besides their counts.
 *
 * @param size the number of cells
 * @param codes for each purpose, an array for each key with the code of each cell
 * @param continuous for each continuous key, a number for each cell
 * @param logSizeFactor the log of each cell's size factor, empty when the library size is learned
 */
public record Covariates(
    int size, Map<Purpose, int[][]> codes, float[][] continuous, float[] logSizeFactor) {

  /**
   * {@return for each key of a purpose, the code of each cell}
   *
   * @param purpose the purpose
   */
  public int[][] codes(Purpose purpose) {
    return codes.getOrDefault(purpose, new int[0][]);
  }

  /** {@return whether cells have size factors} */
  public boolean hasSizeFactor() {
    return logSizeFactor.length > 0;
  }

  /** The purposes that index parameters of features. */
  private static final List<Purpose> FEATURE_PARAMETERS =
      List.of(Purpose.DISPERSION, Purpose.AMBIENT, Purpose.FEATURE_SCALING);

  /**
   * {@return whether two cells share all parameters of features: background, scaling and
   * dispersion}
   *
   * @param a the place of one cell
   * @param b the place of the other
   */
  public boolean sameGroup(int a, int b) {
    return compareGroups(a, b) == 0;
  }

  /**
   * {@return cells ordered so that those of a group stand side by side; within a group they keep
   * their order}
   *
   * @param cells the places of cells
   */
  public int[] byGroup(int[] cells) {
    return IntStream.of(cells)
        .boxed()
        .sorted(this::compareGroups)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int compareGroups(int a, int b) {
    for (Purpose purpose : FEATURE_PARAMETERS) {
      for (int[] key : codes(purpose)) {
        if (key[a] != key[b]) {
          return Integer.compare(key[a], key[b]);
        }
      }
    }
    return 0;
  }

  /**
   * {@return the same for some of the cells, in the order given}
   *
   * @param cells their places
   */
  public Covariates gather(int[] cells) {
    Map<Purpose, int[][]> chosen = new EnumMap<>(Purpose.class);
    codes.forEach(
        (purpose, keys) -> {
          int[][] some = new int[keys.length][cells.length];
          for (int k = 0; k < keys.length; k++) {
            for (int i = 0; i < cells.length; i++) {
              some[k][i] = keys[k][cells[i]];
            }
          }
          chosen.put(purpose, some);
        });
    float[][] numbers = new float[continuous.length][];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = gather(continuous[k], cells);
    }
    float[] sizeFactor = hasSizeFactor() ? gather(logSizeFactor, cells) : logSizeFactor;
    return new Covariates(cells.length, chosen, numbers, sizeFactor);
  }

  private static float[] gather(float[] values, int[] cells) {
    float[] some = new float[cells.length];
    for (int i = 0; i < cells.length; i++) {
      some[i] = values[cells[i]];
    }
    return some;
  }
}
