package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CategoryMapping;

/**
 * Tells how a factor or a background differs between the categories of one key. A scaling factor
 * deviates from 1, at which it changes nothing; a background deviates from the mean of the key's
 * categories at the same feature.
 *
 * @param key the column of obs; {@link CategoryMapping#ONE_GROUP} where one category has all cells
 * @param categories what the values of each category are over the features
 * @param meanG the mean over the categories, one number per feature
 * @param deviationG the mean over the categories of the absolute deviation, one number per feature
 */
public record KeyEffect(
    String key, List<OfCategory> categories, double[] meanG, double[] deviationG) {
  /** Keeps a copy of the list. */
  public KeyEffect {
    categories = List.copyOf(categories);
  }

  /**
   * Summarises a category's values over the features.
   *
   * @param name the category
   * @param values their moments
   * @param largestDeviation the deviation of the feature that deviates most, with its sign
   * @param at the place of this feature among the modality's
   */
  public record OfCategory(String name, Moments values, double largestDeviation, int at) {}

  /**
   * {@return the effects of keys whose categories stand side by side}
   *
   * @param term what was learned, features x categories
   * @param keys the keys in their order; none where one column is for all cells
   * @param fromOne whether values deviate from 1, rather than from the mean of the categories
   */
  static List<KeyEffect> of(LearnedTerms.Term term, List<CategoryMapping> keys, boolean fromOne) {
    if (keys.isEmpty()) {
      return List.of(
          of(term.values(), 0, new CategoryMapping(CategoryMapping.ONE_GROUP, EVERY), fromOne));
    }
    List<KeyEffect> effects = new ArrayList<>();
    int first = 0;
    for (CategoryMapping key : keys) {
      effects.add(of(term.values(), first, key, fromOne));
      first += key.size();
    }
    return List.copyOf(effects);
  }

  private static final List<String> EVERY = LearnedTerms.EVERY_CELL;

  private static KeyEffect of(FloatMatrix values, int first, CategoryMapping key, boolean fromOne) {
    int features = values.rows();
    double[][] columns = new double[key.size()][features];
    double[] meanG = new double[features];
    for (int c = 0; c < columns.length; c++) {
      for (int g = 0; g < features; g++) {
        columns[c][g] = values.at(g, first + c);
        meanG[g] += columns[c][g] / columns.length;
      }
    }
    double[] deviationG = new double[features];
    List<OfCategory> categories = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      int at = 0;
      double largest = 0;
      for (int g = 0; g < features; g++) {
        double deviation = columns[c][g] - (fromOne ? 1 : meanG[g]);
        deviationG[g] += Math.abs(deviation) / columns.length;
        if (Math.abs(deviation) > Math.abs(largest)) {
          largest = deviation;
          at = g;
        }
      }
      categories.add(new OfCategory(key.categories().get(c), Moments.of(columns[c]), largest, at));
    }
    return new KeyEffect(key.key(), categories, meanG, deviationG);
  }
}
