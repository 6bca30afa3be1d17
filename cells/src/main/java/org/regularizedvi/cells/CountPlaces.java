package org.regularizedvi.cells;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regularizedvi.options.Option;

/**
 * Says where a file has its counts, by the names that users give these places: see {@link
 * CountSource#named}.
 *
 * @param layer the place in all modalities; X where none is named
 * @param layerOf the place in single modalities, by their names, before that of all
 */
public record CountPlaces(
    @Option(
            help =
                "Layer with the raw counts, or raw for raw/X with the features of raw/var; of several"
                    + " modalities also MODALITY=NAME with commas between",
            label = "NAME",
            standard = "X; after training where the model had them",
            byModality = true,
            python = Option.Python.NONE)
        Optional<String> layer,
    @Option(name = "layer", byModality = true, python = Option.Python.NONE)
        Map<String, String> layerOf) {
  /** Keeps copies, which nobody can change. */
  public CountPlaces {
    layerOf = Collections.unmodifiableMap(new TreeMap<>(layerOf));
  }

  /** {@return counts in X of every modality} */
  public static CountPlaces x() {
    return new CountPlaces(Optional.empty(), Map.of());
  }

  /**
   * {@return the names of some places}
   *
   * @param sources the places by modality; a single one has the name ""
   */
  public static CountPlaces of(Map<String, CountSource> sources) {
    Map<String, String> names = new HashMap<>();
    sources.forEach((modality, source) -> source.layer().ifPresent(n -> names.put(modality, n)));
    Optional<String> single = Optional.ofNullable(names.remove(""));
    return new CountPlaces(single, names);
  }

  /**
   * {@return the places that are named, by modality}
   *
   * @param modalities the names of the modalities of a file; where a single one has no name, all
   *     text that was given is the name of a layer
   */
  public Map<String, CountSource> sources(List<String> modalities) {
    if (modalities.equals(Selection.ONE_MODALITY)) {
      return whole().map(name -> Map.of("", CountSource.named(name))).orElse(Map.of());
    }
    Map<String, CountSource> sources = new HashMap<>();
    layer.ifPresent(name -> modalities.forEach(m -> sources.put(m, CountSource.named(name))));
    layerOf.forEach((modality, name) -> sources.put(modality, CountSource.named(name)));
    return sources;
  }

  private Optional<String> whole() {
    String named =
        layerOf.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
    return layer.or(() -> Stream.of(named).filter(text -> !text.isEmpty()).findFirst());
  }
}
