package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.input.InputException;

/**
 * Changes cells to how the decoder would see them were they of other categories: all combinations
 * of those that are chosen for some of its keys.
 */
public final class Counterfactuals {
  private static final List<Purpose> DECODER = List.of(Purpose.BATCH, Purpose.NN_CONDITIONING);

  private final Schema schema;
  private final List<Map<String, Integer>> codes;

  private Counterfactuals(Schema schema, List<Map<String, Integer>> codes) {
    this.schema = schema;
    this.codes = codes;
  }

  /**
   * {@return the combinations of chosen categories, each of which changes the cells in its own way}
   *
   * @param schema of the covariates
   * @param batchInDecoder whether the decoder sees the batch besides the conditioning keys
   * @param chosen categories by key; none leaves cells as they are
   * @throws InputException when the decoder has no such key, or the key no such category, with
   *     those there are
   */
  public static Counterfactuals of(
      Schema schema, boolean batchInDecoder, SequencedMap<String, List<String>> chosen) {
    List<CategoryMapping> keys = keys(schema, batchInDecoder);
    List<Map<String, Integer>> combinations = new ArrayList<>(List.of(Map.of()));
    for (var entry : chosen.entrySet()) {
      CategoryMapping mapping =
          keys.stream()
              .filter(key -> key.key().equals(entry.getKey()))
              .findFirst()
              .orElseThrow(() -> unknownKey(entry.getKey(), keys));
      List<Map<String, Integer>> longer = new ArrayList<>();
      for (Map<String, Integer> combination : combinations) {
        for (String category : entry.getValue()) {
          Map<String, Integer> more = new HashMap<>(combination);
          more.put(mapping.key(), code(mapping, category));
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return new Counterfactuals(schema, combinations);
  }

  private static List<CategoryMapping> keys(Schema schema, boolean batchInDecoder) {
    List<CategoryMapping> keys = new ArrayList<>(schema.of(Purpose.NN_CONDITIONING));
    if (batchInDecoder) {
      keys.addAll(schema.of(Purpose.BATCH));
    }
    return keys;
  }

  /** {@return no change: cells as they are} */
  static Counterfactuals none(Schema schema) {
    return new Counterfactuals(schema, List.of(Map.of()));
  }

  /**
   * {@return the categories chosen, and where none are all of all keys}
   *
   * @throws InputException as the other method, or when the decoder has no key
   */
  static Counterfactuals corrected(
      Schema schema, boolean batchInDecoder, SequencedMap<String, List<String>> chosen) {
    SequencedMap<String, List<String>> all = new LinkedHashMap<>();
    keys(schema, batchInDecoder).forEach(key -> all.put(key.key(), key.categories()));
    if (all.isEmpty()) {
      throw new InputException(
          "batch_correction compares cells as of the same categories, but the decoder of this model is conditioned on no key.");
    }
    return of(schema, batchInDecoder, chosen.isEmpty() ? all : chosen);
  }

  private static InputException unknownKey(String key, List<CategoryMapping> keys) {
    String there =
        keys.isEmpty()
            ? "the decoder of this model is conditioned on no key"
            : "the decoder is conditioned on "
                + String.join(", ", keys.stream().map(CategoryMapping::key).distinct().toList());
    return new InputException("transform_batch names the key '%s', but %s.".formatted(key, there));
  }

  private static int code(CategoryMapping mapping, String category) {
    int code = mapping.categories().indexOf(category);
    if (code < 0) {
      throw new InputException(
          "transform_batch: '%s' has no category '%s'; it has %s."
              .formatted(mapping.key(), category, String.join(", ", mapping.categories())));
    }
    return code;
  }

  /** {@return the number of combinations; 1 where cells are left as they are} */
  int combinations() {
    return codes.size();
  }

  /** {@return the cells as of one combination} */
  Covariates of(Covariates cells, int combination) {
    return with(cells, codes.get(combination));
  }

  /** {@return the cells once for each combination} */
  List<Covariates> of(Covariates cells) {
    return codes.stream().map(combination -> with(cells, combination)).toList();
  }

  private Covariates with(Covariates cells, Map<String, Integer> combination) {
    if (combination.isEmpty()) {
      return cells;
    }
    Map<Purpose, int[][]> all = new EnumMap<>(Purpose.class);
    all.putAll(cells.codes());
    for (Purpose purpose : DECODER) {
      List<CategoryMapping> keys = schema.of(purpose);
      int[][] changed = cells.codes(purpose).clone();
      for (int k = 0; k < changed.length; k++) {
        Integer code = combination.get(keys.get(k).key());
        if (code != null) {
          changed[k] = new int[cells.size()];
          Arrays.fill(changed[k], code);
        }
      }
      all.put(purpose, changed);
    }
    return new Covariates(cells.size(), all, cells.continuous(), cells.logSizeFactor());
  }
}
