package org.regularizedvi.core.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Kind;
import org.regularizedvi.options.Options;

/**
 * Reads {@code registry_}: the keys a model was set up with, their categories, its features. Counts
 * of things are bounded, since a pickle may say one thing many times at little cost.
 */
final class Registry {
  private static final int MOST_KEYS = 100;
  private static final int MOST_CATEGORIES = 1_000_000;
  private static final int MOST_MODALITIES = 20;

  private final Content registry;
  private final Content setup;

  Registry(Content registry) {
    this.registry = registry;
    this.setup = registry.get("setup_args");
  }

  /** {@return the class, "AmbientRegularizedSCVI" or "RegularizedMultimodalVI"} */
  String model() {
    return registry.get("model_name").text();
  }

  CovariateKeys keys() {
    return Options.map(
        CovariateKeys.none(),
        (option, none) ->
            option.name().equals("encoder_covariate_keys") ? encoderKeys() : keys(option, none));
  }

  private Object keys(Declared option, Object none) {
    return setup
        .find(option.name())
        .<Object>map(own -> option.kind() == Kind.NAME ? Optional.of(own.text()) : names(own))
        .orElse(none);
  }

  /** Reads the encoders' keys: False stands for none, True for a list beside it. */
  private List<String> encoderKeys() {
    Optional<Content> given = setup.find("encoder_covariate_keys");
    if (given.isPresent() && given.get().value() instanceof PyValue.Truth(boolean on)) {
      return on ? names(setup.get("_encoder_cov_keys")) : List.of();
    }
    return given.map(Registry::names).orElse(List.of());
  }

  private static List<String> names(Content list) {
    if (list.items().size() > MOST_KEYS) {
      throw list.expected("a list of at most %d keys".formatted(MOST_KEYS));
    }
    return list.texts();
  }

  /** {@return the keys with the categories of each} */
  Schema schema() {
    CovariateKeys keys = keys();
    Map<Purpose, List<String>> resolved = keys.resolve();
    Map<String, CategoryMapping> mappings = new LinkedHashMap<>();
    int categories = 0;
    for (Map.Entry<Purpose, List<String>> purpose : resolved.entrySet()) {
      for (String key : purpose.getValue()) {
        if (mappings.containsKey(key)) {
          continue; // A key has the same categories for every purpose.
        }
        Content found = categories(purpose.getKey(), key);
        List<String> names = NumpyArrays.texts(found);
        categories += names.size();
        if (names.isEmpty()
            || categories > MOST_CATEGORIES
            || names.stream().distinct().count() < names.size()) {
          throw found.expected("one to %d different categories".formatted(MOST_CATEGORIES));
        }
        mappings.put(key, new CategoryMapping(key, names));
      }
    }
    return new Schema(keys, mappings);
  }

  private Content categories(Purpose purpose, String key) {
    Content state =
        registry.get("field_registries").get(RegistryFields.of(purpose)).get("state_registry");
    return switch (purpose) {
      case BATCH, DISPERSION, LIBRARY_SIZE -> state.get("categorical_mapping");
      case AMBIENT, NN_CONDITIONING, FEATURE_SCALING, ENCODER -> state.get("mappings").get(key);
    };
  }

  /**
   * {@return the names of the modalities, sorted, each with its field; a single one has no name}
   */
  SequencedMap<String, String> modalities() {
    if (model().equals(RegistryFields.SINGLE)) {
      return new TreeMap<>(Map.of("", "X"));
    }
    SequencedMap<String, String> fields = new TreeMap<>();
    Map<String, Content> modalities = setup.get("modalities").all();
    if (modalities.isEmpty() || modalities.size() > MOST_MODALITIES) {
      throw setup.get("modalities").expected("one to %d modalities".formatted(MOST_MODALITIES));
    }
    modalities.forEach(
        (name, modality) -> {
          if (!modality.text().equals(name)) {
            throw new InputException(
                "%s: the modality '%s' was set up under the name '%s'; only equal names can be read."
                    .formatted(modality.source(), modality.text(), name));
          }
          fields.put(name, "X_" + name);
        });
    return fields;
  }

  List<String> features(String field) {
    Content names = field(field).get("state_registry").get("column_names");
    List<String> features = new ArrayList<>(NumpyArrays.texts(names));
    if (features.isEmpty() || features.stream().distinct().count() < features.size()) {
      throw names.expected("different names of features");
    }
    return features;
  }

  /** {@return where the counts of a field were} */
  CountSource counts(String field) {
    Content data = field(field).get("data_registry");
    String name = data.get("attr_name").text();
    return switch (name) {
      case "X" -> CountSource.x();
      case "layers" -> CountSource.layer(data.get("attr_key").text());
      default -> throw data.get("attr_name").expected("X or layers");
    };
  }

  private Content field(String field) {
    return registry.get("field_registries").get(field);
  }
}
