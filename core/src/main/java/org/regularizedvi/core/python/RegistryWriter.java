package org.regularizedvi.core.python;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;

/**
 * Writes {@code registry_}: keys, categories and features as scvi-tools notes them. A model does
 * not know how many cells it was set up with, which is written as 0; loading with data counts them.
 */
final class RegistryWriter {
  /** The version whose layout this is. */
  private static final String SCVI_VERSION = "1.4.2";

  private static final PyValue NONE = new PyValue.Nothing();

  private final Schema schema;
  private final CovariateKeys keys;
  private final List<StoredModality> modalities;
  private final boolean multimodal;
  private final Map<String, CountSource> counts;
  private final PyValue.Made fields =
      PyValue.Made.call(PyNames.DEFAULT_DICT, new PyValue.Named(PyNames.DICT));

  private RegistryWriter(StoredModel.Setup setup, Map<String, CountSource> counts) {
    this.schema = setup.schema();
    this.keys = schema.keys();
    this.modalities = setup.modalities();
    this.multimodal = setup.multimodal().isPresent();
    this.counts = counts;
  }

  /**
   * @param counts where a modality's counts will be, X where it is not named
   */
  static PyValue of(StoredModel.Setup setup, Map<String, CountSource> counts) {
    return new RegistryWriter(setup, counts).write();
  }

  private PyValue write() {
    for (StoredModality modality : modalities) {
      counts(modality);
    }
    category(Purpose.BATCH);
    category(Purpose.DISPERSION);
    category(Purpose.LIBRARY_SIZE);
    categories(Purpose.AMBIENT);
    categories(Purpose.NN_CONDITIONING);
    categories(Purpose.FEATURE_SCALING);
    categories(Purpose.ENCODER);
    continuous();
    sizeFactor();
    String digests =
        modalities.stream().map(StoredModality::dataDigest).collect(Collectors.joining());
    return new PyValue.Dict()
        .with("scvi_version", new PyValue.Text(SCVI_VERSION))
        .with(
            "model_name",
            new PyValue.Text(multimodal ? RegistryFields.MULTIMODAL : RegistryFields.SINGLE))
        .with("setup_args", setup())
        .with("field_registries", fields)
        .with("setup_method_name", new PyValue.Text(multimodal ? "setup_mudata" : "setup_anndata"))
        .with(
            "_scvi_uuid",
            new PyValue.Text(
                UUID.nameUUIDFromBytes(digests.getBytes(StandardCharsets.UTF_8)).toString()));
  }

  private PyValue setup() {
    PyValue.Dict setup = new PyValue.Dict();
    if (multimodal) {
      PyValue.Dict names = new PyValue.Dict();
      modalities.forEach(own -> names.with(own.name(), new PyValue.Text(own.name())));
      setup.with("modalities", names);
    } else {
      setup.with("layer", layer(source(modalities.getFirst())));
    }
    setup.with("batch_key", key(keys.batchKey()));
    if (!multimodal || keys.sizeFactorKey().isPresent()) {
      setup.with("size_factor_key", key(keys.sizeFactorKey()));
    }
    PyValue encoder = list(keys.encoderCovariateKeys());
    return setup
        .with("nn_conditioning_covariate_keys", list(keys.nnConditioningCovariateKeys()))
        .with("nn_continuous_covariate_keys", list(keys.nnContinuousCovariateKeys()))
        .with("ambient_covariate_keys", list(keys.ambientCovariateKeys()))
        .with("dispersion_key", key(keys.dispersionKey()))
        .with("library_size_key", key(keys.librarySizeKey()))
        .with("feature_scaling_covariate_keys", list(keys.featureScalingCovariateKeys()))
        .with(
            "encoder_covariate_keys",
            encoder instanceof PyValue.Nothing ? new PyValue.Truth(false) : encoder)
        .with("_encoder_cov_keys", encoder);
  }

  private CountSource source(StoredModality modality) {
    return counts.getOrDefault(modality.name(), CountSource.x());
  }

  private static PyValue layer(CountSource source) {
    return key(source.layer());
  }

  private static PyValue key(Optional<String> key) {
    return key.<PyValue>map(PyValue.Text::new).orElse(NONE);
  }

  private static PyValue list(List<String> keys) {
    return keys.isEmpty() ? NONE : InitParameters.texts(keys);
  }

  private void counts(StoredModality modality) {
    CountSource source = source(modality);
    PyValue.Dict data =
        new PyValue.Dict()
            .with("attr_name", new PyValue.Text(source.layer().isPresent() ? "layers" : "X"))
            .with("attr_key", layer(source));
    long size = modality.features().size();
    PyValue.Dict state =
        new PyValue.Dict()
            .with("n_obs", new PyValue.Whole(0))
            .with("n_vars", new PyValue.Whole(size))
            .with("column_names", NumpyArrays.ofTexts(modality.features()));
    PyValue.Dict summary = new PyValue.Dict();
    if (multimodal) {
      data.with("mod_key", new PyValue.Text(modality.name()));
      summary.with("n_X_" + modality.name(), new PyValue.Whole(size));
    } else {
      summary.with("n_vars", new PyValue.Whole(size)).with("n_cells", new PyValue.Whole(0));
    }
    field(multimodal ? "X_" + modality.name() : "X", data, state, summary);
  }

  /** Writes a purpose of one key. */
  private void category(Purpose purpose) {
    String field = RegistryFields.of(purpose);
    List<CategoryMapping> mappings = schema.of(purpose);
    String column = "_scvi_" + field;
    PyValue.Dict state = new PyValue.Dict();
    if (mappings.isEmpty()) {
      // Without a batch key all cells are of one batch, numbered 0, in a column of scvi-tools' own.
      state
          .with("categorical_mapping", NumpyArrays.ofLongs(0))
          .with("original_key", new PyValue.Text(column));
    } else {
      CategoryMapping only = mappings.getFirst();
      state
          .with("categorical_mapping", NumpyArrays.ofTexts(only.categories()))
          .with("original_key", new PyValue.Text(only.key()));
    }
    int size = mappings.isEmpty() ? 1 : mappings.getFirst().size();
    field(field, place("obs", column), state, summary(field, size));
  }

  /** Writes a purpose of several keys. */
  private void categories(Purpose purpose) {
    String field = RegistryFields.of(purpose);
    List<CategoryMapping> all = schema.of(purpose);
    if (all.isEmpty()) {
      empty(field, summary(field, 0));
      return;
    }
    PyValue.Dict mappings = new PyValue.Dict();
    all.forEach(own -> mappings.with(own.key(), NumpyArrays.ofTexts(own.categories())));
    PyValue.Dict state =
        new PyValue.Dict()
            .with("mappings", mappings)
            .with(
                "field_keys", InitParameters.texts(all.stream().map(CategoryMapping::key).toList()))
            .with(
                "n_cats_per_key",
                PyValue.Sequence.of(
                    all.stream().map(own -> new PyValue.Whole(own.size())).toList()));
    field(field, place("obsm", "_scvi_" + field), state, summary(field, all.size()));
  }

  private void continuous() {
    String field = "extra_continuous_covs";
    List<String> columns = keys.nnContinuousCovariateKeys();
    if (columns.isEmpty()) {
      empty(field, summary(field, 0));
      return;
    }
    PyValue.Dict state = new PyValue.Dict().with("columns", NumpyArrays.ofTexts(columns));
    field(field, place("obsm", "_scvi_" + field), state, summary(field, columns.size()));
  }

  private void sizeFactor() {
    if (keys.sizeFactorKey().isEmpty()) {
      empty("size_factor", new PyValue.Dict());
      return;
    }
    PyValue.Dict data = place("obs", keys.sizeFactorKey().get());
    field("size_factor", data, new PyValue.Dict(), new PyValue.Dict());
  }

  /** Writes an entry that a model of several modalities leaves out when it has none. */
  private void empty(String name, PyValue.Dict summary) {
    if (!multimodal) {
      field(name, new PyValue.Dict(), new PyValue.Dict(), summary);
    }
  }

  private PyValue.Dict place(String table, String key) {
    PyValue.Dict place =
        new PyValue.Dict()
            .with("attr_name", new PyValue.Text(table))
            .with("attr_key", new PyValue.Text(key));
    return multimodal
        ? place.with("mod_key", new PyValue.Text(modalities.getFirst().name()))
        : place;
  }

  private static PyValue.Dict summary(String field, int size) {
    return new PyValue.Dict().with("n_" + field, new PyValue.Whole(size));
  }

  private void field(String name, PyValue.Dict data, PyValue.Dict state, PyValue.Dict summary) {
    PyValue.Dict registry =
        new PyValue.Dict()
            .with("data_registry", data)
            .with("state_registry", state)
            .with("summary_stats", summary);
    fields.entries().add(new PyValue.Entry(new PyValue.Text(name), registry));
  }
}
