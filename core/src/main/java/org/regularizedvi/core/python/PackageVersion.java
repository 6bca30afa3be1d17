package org.regularizedvi.core.python;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.core.config.LibraryConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Options;

/** Names the versions of the Python package that read different arguments of a model. */
public enum PackageVersion {
  /** The published version, which takes the arguments of the paper's model. */
  PUBLISHED,
  /** The newest one, which takes more and has another name for the hyper-prior of dispersions. */
  NEWEST;

  /**
   * Chooses the version that a model is written for.
   *
   * @param asked the version that a user asks for; empty for the published one where it has such a
   *     model, else the newest
   * @param configs the options of each modality of the model
   * @return the version
   * @throws InputException when the version that is asked for has no such model
   */
  static PackageVersion of(Optional<PackageVersion> asked, List<ModelConfig> configs) {
    List<String> more = configs.stream().flatMap(PackageVersion::onlyNewest).distinct().toList();
    if (asked.equals(Optional.of(PUBLISHED)) && !more.isEmpty()) {
      throw new InputException(
          "The published version of the Python package cannot hold this model, which differs from it in %s; expected --for newest, or a model trained with --preset published."
              .formatted(String.join(", ", more)));
    }
    return asked.orElse(more.isEmpty() ? PUBLISHED : NEWEST);
  }

  /** {@return the options that only the newest version has, where they change the model} */
  private static Stream<String> onlyNewest(ModelConfig config) {
    // Only a residual encoder has a weight, and a prior of it.
    boolean residual = config.library().residualLibraryEncoder();
    ModelConfig own = residual ? config : config.with(LibraryConfig.published());
    return Stream.concat(differing(own, Option.Python.LATER), differing(own, Option.Python.NEWEST));
  }

  /** {@return whether a model makes use of an option that the newest version alone has} */
  static boolean hasNewest(ModelConfig config) {
    return differing(config, Option.Python.NEWEST).findAny().isPresent();
  }

  private static Stream<String> differing(ModelConfig config, Option.Python since) {
    Map<Declared, Object> published = Options.values(ModelConfig.published());
    return Options.values(config).entrySet().stream()
        .filter(option -> option.getKey().said().python() == since)
        .filter(option -> !option.getValue().equals(published.get(option.getKey())))
        .map(option -> option.getKey().name());
  }
}
