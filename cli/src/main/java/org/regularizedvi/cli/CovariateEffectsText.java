package org.regularizedvi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.core.result.CovariateEffects;
import org.regularizedvi.core.term.DecoderNorms;
import org.regularizedvi.core.term.DispersionGroups;
import org.regularizedvi.core.term.KeyEffect;
import org.regularizedvi.core.term.LearnedEffects;
import org.regularizedvi.core.term.Moments;
import org.regularizedvi.model.RegularizedModel;

/**
 * Words the effects of covariates: as JSON, and as the columns of a table of features.
 *
 * @param model whose effects they are
 * @param effects what each covariate does
 */
record CovariateEffectsText(RegularizedModel model, CovariateEffects effects) {
  private static final String MEAN_SCALE = "mean_scale";
  private static final String MEAN_LOG = "_mean_log";

  String json() {
    ObjectNode node = new ObjectMapper().createObjectNode();
    if (effects.modalities().getFirst().name().isEmpty()) {
      put(effects.modalities().getFirst(), node);
    } else {
      ObjectNode modalities = node.putObject("modalities");
      effects.modalities().forEach(own -> put(own, modalities.putObject(own.name())));
    }
    return node.toPrettyString();
  }

  private void put(CovariateEffects.OfModality modality, ObjectNode node) {
    LearnedEffects learned = modality.learned();
    List<String> features = model.features(modality.name());
    put(learned.decoder(), node.putObject("decoder_weights"));
    learned
        .burstSizeDecoder()
        .ifPresent(norms -> put(norms, node.putObject("burst_size_decoder_weights")));
    put("feature_scaling", learned.featureScaling(), features, node);
    put("additive_background", learned.background(), features, node);
    put(learned.dispersion(), node.putObject(dispersion(learned)));
    ObjectNode library = node.putObject("library");
    modality
        .librarySizes()
        .forEach(
            (group, sizes) -> {
              ObjectNode own = library.putObject(group);
              own.put("n_cells", sizes.cells());
              put(sizes.sizes(), "", own);
              put(sizes.logs(), "_log", own);
            });
  }

  private static void put(DecoderNorms norms, ObjectNode node) {
    node.put("z_norm", norms.latent());
    node.put("cov_norm", norms.allCovariates());
    node.put("cov_fraction", norms.covariateFraction());
    node.put("n_z_dims", norms.latentColumns());
    node.put("n_cov_dims", norms.covariateColumns());
    norms.covariates().forEach(node.putObject("covariates")::put);
  }

  private static void put(
      String name, List<KeyEffect> keys, List<String> features, ObjectNode node) {
    if (keys.isEmpty()) {
      return;
    }
    ObjectNode all = node.putObject(name);
    for (KeyEffect key : keys) {
      ObjectNode own = key.key().equals(CategoryMapping.ONE_GROUP) ? all : all.putObject(key.key());
      for (KeyEffect.OfCategory category : key.categories()) {
        ObjectNode of = own.putObject(category.name());
        put(category.values(), "", of);
        of.put("largest_deviation", category.largestDeviation());
        of.put("largest_deviation_feature", features.get(category.at()));
      }
    }
  }

  private static void put(DispersionGroups dispersion, ObjectNode node) {
    ObjectNode groups = node.putObject("groups");
    for (int d = 0; d < dispersion.groups().size(); d++) {
      put(dispersion.logs().get(d), "_log", groups.putObject(dispersion.groups().get(d)));
    }
    ArrayNode matrix = node.putArray("correlation_of_logs");
    for (double[] row : dispersion.correlation()) {
      ArrayNode own = matrix.addArray();
      for (double entry : row) {
        if (Double.isNaN(entry)) {
          own.addNull();
        } else {
          own.add(entry);
        }
      }
    }
  }

  private static void put(Moments moments, String ending, ObjectNode node) {
    node.put("mean" + ending, moments.mean());
    node.put("spread" + ending, moments.spread());
  }

  private static String dispersion(LearnedEffects learned) {
    return learned.bursts() ? "technical_variance" : "dispersion";
  }

  /** {@return the columns that any modality has, behind that of the feature} */
  List<String> header() {
    SequencedSet<String> names = new LinkedHashSet<>();
    effects.modalities().forEach(own -> names.addAll(columns(own).sequencedKeySet()));
    return List.copyOf(names);
  }

  /** {@return the columns of a modality in the order of the header, NaN where it has none} */
  List<double[]> columns(String modality) {
    CovariateEffects.OfModality own =
        effects.modalities().stream()
            .filter(all -> all.name().equals(modality))
            .findFirst()
            .orElseThrow();
    SequencedMap<String, double[]> columns = columns(own);
    double[] none = new double[own.meanScaleG().length];
    Arrays.fill(none, Double.NaN);
    return header().stream().map(name -> columns.getOrDefault(name, none)).toList();
  }

  private static SequencedMap<String, double[]> columns(CovariateEffects.OfModality own) {
    SequencedMap<String, double[]> columns = new LinkedHashMap<>();
    LearnedEffects learned = own.learned();
    columns.put(MEAN_SCALE, own.meanScaleG());
    for (KeyEffect key : learned.featureScaling()) {
      columns.put("feature_scaling" + ending(key) + "_mean_abs_deviation", key.deviationG());
    }
    for (KeyEffect key : learned.background()) {
      columns.put("additive_background" + ending(key) + "_mean", key.meanG());
      columns.put("additive_background" + ending(key) + "_mean_abs_deviation", key.deviationG());
    }
    if (!learned.background().isEmpty()) {
      columns.put("additive_background_relative_to_scale", relative(own));
    }
    columns.put(dispersion(learned) + MEAN_LOG, learned.dispersion().meanG());
    return columns;
  }

  /** {@return the background of all keys together, mean over categories, divided by mean rho} */
  private static double[] relative(CovariateEffects.OfModality own) {
    List<KeyEffect> keys = own.learned().background();
    return IntStream.range(0, own.meanScaleG().length)
        .mapToDouble(
            g -> keys.stream().mapToDouble(key -> key.meanG()[g]).sum() / own.meanScaleG()[g])
        .toArray();
  }

  private static String ending(KeyEffect key) {
    return key.key().equals(CategoryMapping.ONE_GROUP) ? "" : "_" + key.key();
  }
}
