package org.regularizedvi.ambient;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Says which files hold the profiles of ambient RNA, and reads them.
 *
 * @param given the files, none for no profiles
 * @param droplets which droplets of a matrix are empty
 */
public record ProfileFiles(List<Given> given, DropletRange droplets) {
  /**
   * Names a file.
   *
   * @param category the category of the ambient key that it is of; empty for those that have no
   *     file of their own
   * @param file a table, or a matrix of all droplets
   */
  public record Given(Optional<String> category, Path file) {}

  /** Keeps a copy, which nobody can change. */
  public ProfileFiles {
    given = List.copyOf(given);
  }

  /** {@return no files} */
  public static ProfileFiles none() {
    return new ProfileFiles(List.of(), DropletRange.defaults());
  }

  /**
   * Reads the profiles of the features of some cells.
   *
   * @param data the cells, whose ambient key says which profile is whose
   * @param modalities the names of those that have a background
   * @param open opens a matrix of droplets
   * @param say is told what was found, in a line each
   * @return the profile of each category
   * @throws InputException when a file cannot be read, or lacks a feature or anything above 0, or a
   *     category has no file, or a file no category
   */
  public AmbientProfiles read(
      CellData data,
      List<String> modalities,
      Function<Path, CellSource> open,
      Consumer<String> say) {
    if (given.isEmpty()) {
      return AmbientProfiles.none();
    }
    if (modalities.isEmpty()) {
      throw new InputException(
          "ambient_profile is given, but no modality has a background; expected use_additive_background.");
    }
    List<CategoryMapping> keys = data.schema().of(Purpose.AMBIENT);
    if (keys.size() != 1) {
      throw new InputException(
          "ambient_profile is for one ambient key, but there are %d: %s."
              .formatted(
                  keys.size(),
                  String.join(", ", keys.stream().map(CategoryMapping::key).toList())));
    }
    List<Path> files = files(keys.getFirst());
    Map<String, FloatMatrix> shares = new HashMap<>();
    for (ModalityCounts modality : data.modalities()) {
      if (modalities.contains(modality.name())) {
        shares.put(modality.name(), shares(files, keys.getFirst(), modality, open, say));
      }
    }
    return new AmbientProfiles(shares);
  }

  /** {@return the file of each category} */
  private List<Path> files(CategoryMapping key) {
    SequencedMap<String, Path> own = new LinkedHashMap<>();
    Optional<Path> others = Optional.empty();
    for (Given one : given) {
      String category = one.category().orElse("");
      if (one.category().isEmpty() && others.isPresent()
          || own.putIfAbsent(category, one.file()) != null) {
        throw new InputException(
            "ambient_profile names two files for %s, %s and %s; expected one."
                .formatted(
                    one.category().map(name -> "'" + name + "'").orElse("all categories"),
                    own.getOrDefault(category, others.orElse(one.file())),
                    one.file()));
      }
      if (one.category().isEmpty()) {
        others = Optional.of(one.file());
      } else if (!key.categories().contains(category)) {
        throw new InputException(
            "ambient_profile names '%s', which is no category of '%s'; %s."
                .formatted(category, key.key(), Nearest.words(category, key.categories())));
      }
    }
    Optional<Path> usual = others;
    return key.categories().stream()
        .map(
            category ->
                Optional.ofNullable(own.get(category))
                    .or(() -> usual)
                    .orElseThrow(() -> without(category, key)))
        .toList();
  }

  private static InputException without(String category, CategoryMapping key) {
    return new InputException(
        "ambient_profile has no file for '%s', a category of '%s'; expected %s=FILE, or a FILE for all that have none."
            .formatted(category, key.key(), category));
  }

  private FloatMatrix shares(
      List<Path> files,
      CategoryMapping key,
      ModalityCounts modality,
      Function<Path, CellSource> open,
      Consumer<String> say) {
    List<String> features = modality.features();
    Map<Path, Function<String, Profile>> read = new HashMap<>();
    float[] shares = new float[Math.multiplyExact(features.size(), files.size())];
    for (int c = 0; c < files.size(); c++) {
      Path file = files.get(c);
      Function<String, Profile> profiles =
          read.computeIfAbsent(file, place -> profiles(place, features, open, say));
      double[] own = profiles.apply(key.categories().get(c)).shares(features);
      for (int g = 0; g < own.length; g++) {
        shares[g * files.size() + c] = (float) own[g];
      }
    }
    return new FloatMatrix(features.size(), files.size(), shares);
  }

  /** {@return the profile by category that a file holds} */
  private Function<String, Profile> profiles(
      Path file, List<String> features, Function<Path, CellSource> open, Consumer<String> say) {
    if (ProfileTable.isAt(file)) {
      return ProfileTable.read(file)::of;
    }
    try (CellSource all = open.apply(file)) {
      Profile profile = EmptyDroplets.of(all, features, droplets, say);
      return _ -> profile;
    }
  }
}
