package org.regularizedvi.formats.tenx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.regularizedvi.input.InputException;

/**
 * Holds the features of a 10x matrix, in the order of its columns.
 *
 * @param names as people call them, which may repeat
 * @param columns what else the file tells of each feature, by the names that scanpy gives to it in
 *     var
 */
record TenxFeatures(List<String> names, SequencedMap<String, List<String>> columns) {
  static final String IDS = "gene_ids";
  static final String TYPES = "feature_types";
  static final String GENOME = "genome";
  static final String INTERVAL = "interval";

  /** The types that are counts of their own kind, with the modality that each makes. */
  private static final Map<String, String> MODALITY_OF =
      Map.of("Gene Expression", "rna", "Peaks", "atac");

  TenxFeatures {
    for (Map.Entry<String, List<String>> column : columns.entrySet()) {
      if (column.getValue().size() != names.size()) {
        throw new IllegalArgumentException(
            "%d entries of %s for %d features"
                .formatted(column.getValue().size(), column.getKey(), names.size()));
      }
    }
  }

  int size() {
    return names.size();
  }

  /**
   * {@return the columns of each modality: rna and atac where both are there, else those of the one
   * that is, under the name ""}
   *
   * <p>All features are genes where the file tells no types.
   *
   * @param where names the file for messages
   * @throws InputException when there is neither
   */
  SequencedMap<String, int[]> modalities(String where) {
    SequencedMap<String, int[]> found = new LinkedHashMap<>();
    if (!columns.containsKey(TYPES)) {
      found.put("", IntStream.range(0, size()).toArray());
      return found;
    }
    for (String modality : List.of("rna", "atac")) {
      int[] those = those(modality);
      if (those.length > 0) {
        found.put(modality, those);
      }
    }
    if (found.isEmpty()) {
      throw new InputException(
          "%s has no features of the types Gene Expression or Peaks, but %s."
              .formatted(where, leftOut()));
    }
    if (found.size() == 1) {
      int[] only = found.firstEntry().getValue();
      found.clear();
      found.put("", only);
    }
    return found;
  }

  private int[] those(String modality) {
    List<String> types = columns.get(TYPES);
    return IntStream.range(0, size())
        .filter(feature -> modality.equals(MODALITY_OF.get(types.get(feature))))
        .toArray();
  }

  /** Says how many features have types that no modality takes; empty where there are none. */
  String leftOut() {
    return columns.getOrDefault(TYPES, List.of()).stream()
        .filter(type -> !MODALITY_OF.containsKey(type))
        .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(type -> "%,d of type %s".formatted(type.getValue(), type.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** Returns some of the features. */
  TenxFeatures pick(int[] those) {
    SequencedMap<String, List<String>> picked = new LinkedHashMap<>();
    columns.forEach((name, values) -> picked.put(name, pick(values, those)));
    return new TenxFeatures(pick(names, those), picked);
  }

  private static List<String> pick(List<String> values, int[] those) {
    return Arrays.stream(those).mapToObj(values::get).toList();
  }
}
