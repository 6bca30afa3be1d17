package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.store.StoredRecords;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Kind;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Spelling;

/**
 * Every option that a record declares, given on the command line a value that is not its default,
 * stands in model.json; and every component of the records is such an option, but for a few.
 */
class EveryOptionTest {
  private static final Set<String> NO_OPTIONS =
      Set.of("config.preset", "training.optimiser.beta1", "training.optimiser.beta2");

  /** z is scaled in one way at most, and not where it lies on the simplex. */
  private static final Set<String> SCALES_OF_Z =
      Set.of("use_ard_z_sigma_scale", "horseshoe_latent_z_prior_type");

  @TempDir Path folder;
  private final List<Object> arguments = new ArrayList<>();

  @Test
  void ofOneModality() throws IOException {
    CovariateKeys keys =
        Options.map(
            CovariateKeys.none(),
            (option, none) ->
                option.name().equals("batch_key") ? none : other(option, none, List.of()));
    // Without batch_key, which excludes the other keys, no decoder can see it; bursts exclude
    // softmax.
    ModelConfig model =
        Options.map(
            ModelConfig.recommended(),
            (option, own) ->
                List.of("use_batch_in_decoder", "decoder_type").contains(option.name())
                        || SCALES_OF_Z.contains(option.name())
                    ? own
                    : other(option, own, List.of()));
    TrainConfig training = training();
    InputChoices input = input(List.of());
    JsonNode stored = train("cells.h5ad", "rna=30");
    assertThat(read(stored, "input", InputChoices.class)).isEqualTo(input);
    assertThat(read(stored, "keys", CovariateKeys.class)).isEqualTo(keys);
    assertThat(read(stored, "config", ModelConfig.class)).isEqualTo(model);
    assertThat(read(stored, "training", TrainConfig.class)).isEqualTo(training);
    List<String> defaults = new ArrayList<>();
    same("config", json(ModelConfig.recommended()), stored.get("config"), defaults);
    same("training", json(TrainConfig.recommended()), stored.get("training"), defaults);
    same("input", json(InputChoices.defaults()), stored.get("input"), defaults);
    same("keys", json(CovariateKeys.none()), stored.get("keys"), defaults);
    defaults.removeAll(NO_OPTIONS);
    assertThat(defaults)
        .containsExactlyInAnyOrder(
            "input.counts.layer_of",
            "input.names.feature_names_of",
            "input.features.features_of",
            "input.features.min_cells_of",
            "input.features.cutoffs.cell_count_cutoff_of",
            "input.features.cutoffs.cell_percentage_cutoff2_of",
            "input.features.cutoffs.nonz_mean_cutoff_of",
            "input.features.n_top_genes_of",
            "input.cells.min_counts_of",
            "input.cells.max_counts_of",
            "keys.batch_key",
            "config.generative.use_batch_in_decoder",
            "config.generative.decoder.decoder_type",
            "config.latent_prior.use_ard_z_sigma_scale",
            "config.latent_prior.horseshoe.horseshoe_latent_z_prior_type");
  }

  @Test
  void ofSeveralModalities() throws IOException {
    List<String> modalities = List.of("atac", "rna");
    CovariateKeys keys =
        Options.map(
            CovariateKeys.none(),
            (option, none) ->
                option.name().equals("batch_key") ? other(option, none, modalities) : none);
    MultimodalConfig model =
        Options.map(
            MultimodalConfig.recommended(),
            (option, own) ->
                option.said().byModality() && option.form() != Declared.Form.BY_MODALITY
                        || SCALES_OF_Z.contains(option.name())
                    ? own
                    : other(option, own, modalities));
    training();
    InputChoices input = input(modalities);
    JsonNode stored = train("cells.h5mu", "rna=30,atac=30");
    assertThat(read(stored, "input", InputChoices.class)).isEqualTo(input);
    assertThat(read(stored, "keys", CovariateKeys.class)).isEqualTo(keys);
    assertThat(read(stored, "config", ModelConfig.class)).isEqualTo(model.shared());
    assertThat(read(stored, "multimodal", MultimodalOptions.class)).isEqualTo(model.options());
    List<String> defaults = new ArrayList<>();
    same("multimodal", json(MultimodalOptions.defaults()), stored.get("multimodal"), defaults);
    assertThat(defaults).isEmpty();
  }

  /** What single modalities have of their own is an option of all, and the other way round. */
  @Test
  void whatModalitiesMayDifferInIsDeclaredInBothPlaces() {
    assertThat(MultimodalOptions.defaults().byModality().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Options.values(ModelConfig.recommended()).keySet().stream()
                .filter(option -> option.said().byModality())
                .map(Declared::name)
                .toList());
  }

  private TrainConfig training() {
    return Options.map(TrainConfig.recommended(), (option, own) -> other(option, own, List.of()));
  }

  private InputChoices input(List<String> modalities) {
    return Options.map(
        InputChoices.defaults(),
        (option, own) ->
            option.said().byModality()
                    && modalities.isEmpty() == (option.form() == Declared.Form.BY_MODALITY)
                ? own
                : other(option, own, modalities));
  }

  private JsonNode train(String file, String features) throws IOException {
    Path simulated = folder.resolve("simulated_" + file);
    Path model = folder.resolve("model");
    Cli made =
        Cli.run("simulate", simulated, "--cells", 60, "--features", features, "--depth", 200);
    assertThat(made.code()).as(made.err()).isZero();
    Path cells = TinyData.withLayer("counts", simulated, folder.resolve(file));
    arguments.addAll(0, List.of("train", cells, "--model-dir", model));
    Cli trained = Cli.run(arguments.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
    return StoredRecords.JSON.readTree(model.resolve("model.json").toFile());
  }

  private static <R> R read(JsonNode stored, String part, Class<R> type) throws IOException {
    return StoredRecords.JSON.treeToValue(stored.get(part), type);
  }

  private static JsonNode json(Record record) {
    return StoredRecords.JSON.valueToTree(record);
  }

  /** Notes the paths of what is the same in a model as in the defaults. */
  private static void same(String path, JsonNode usual, JsonNode stored, List<String> found) {
    if (usual.isObject() && !usual.isEmpty()) {
      usual
          .properties()
          .forEach(
              part ->
                  same(
                      path + "." + part.getKey(),
                      part.getValue(),
                      stored.get(part.getKey()),
                      found));
    } else if (usual.equals(stored)) {
      found.add(path);
    }
  }

  /** Takes another value than an option has, and says it on the command line. */
  private Object other(Declared option, Object standing, List<String> modalities) {
    Object other =
        switch (option.form()) {
          case ONE -> another(option, standing);
          case OPTIONAL -> Optional.of(another(option, ((Optional<?>) standing).orElse(null)));
          case BY_MODALITY ->
              modalities.stream()
                  .collect(Collectors.toMap(name -> name, _ -> another(option, null)));
        };
    if (option.kind() == Kind.TRUTH) {
      arguments.add((boolean) other ? option.flag() : option.flag().replace("--", "--no-"));
    } else {
      arguments.addAll(List.of(option.flag(), text(other)));
    }
    return other;
  }

  private static Object another(Declared option, Object standing) {
    return switch (option.kind()) {
      case WHOLE ->
          option.name().equals("max_counts")
              ? 1_000_000
              : standing instanceof Integer own && own > 3 ? own / 2 : 3;
      case NUMBER -> standing instanceof Double own && own != 0 ? own / 2 : 0.25;
      case TRUTH -> !(boolean) standing;
      case CHOICE -> {
        if (option.name().equals("use_layer_norm")) {
          yield NormalisedNetworks.DECODER; // which shares of the variance need
        }
        Object[] choices = option.type().getEnumConstants();
        yield choices[standing instanceof Enum<?> own ? (own.ordinal() + 1) % choices.length : 0];
      }
      case NAME -> column(option.name());
      case NAMES ->
          List.of(
              switch (option.name()) {
                case "cells_where" -> "batch!=none";
                case String keys when keys.endsWith("keys") -> column(keys);
                default -> "atac";
              });
    };
  }

  private static String column(String option) {
    return switch (option) {
      case "nn_continuous_covariate_keys" -> "true_ambient_fraction";
      case "size_factor_key" -> "true_library_size";
      case "layer" -> "counts";
      case "feature_names" -> TinyData.IDS;
      case "features" -> TinyData.CHOSEN;
      default -> "batch";
    };
  }

  private static String text(Object value) {
    return switch (value) {
      case Optional<?> own -> text(own.orElseThrow());
      case Enum<?> choice -> Spelling.word(choice);
      case Collection<?> names -> String.join(",", names.stream().map(Object::toString).toList());
      case Map<?, ?> named ->
          named.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
              .collect(Collectors.joining(","));
      default -> value.toString();
    };
  }
}
