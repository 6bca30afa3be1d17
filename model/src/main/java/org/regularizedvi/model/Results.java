package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.regularizedvi.analysis.ScoredMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Layer;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.core.Version;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.FeatureValues;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.result.ModalityAttribution;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.core.store.OptionTree;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.term.LearnedTerms;

/**
 * Names and gathers what a run adds to a copy of its input file: the latent representation and
 * library sizes, the learned terms of the features, and where all of it came from.
 */
public final class Results {
  private static final String LATENT = "X_regularizedvi";
  private static final String PREFIX = "regularizedvi";

  /**
   * The column of obs, and of var, that marks the cells, and features, that were taken where others
   * were left out.
   */
  public static final String MODELLED = "regularizedvi_modelled";

  /** The layer, or matrix, that holds expression unless it is named otherwise. */
  public static final String EXPRESSION = "regularizedvi_expression";

  /** The layer, or matrix, that holds predicted counts unless it is named otherwise. */
  public static final String PREDICTION = "regularizedvi_predicted";

  /** The annotation that holds the table of a comparison of groups. */
  public static final String DIFFERENTIAL = "regularizedvi_differential_expression";

  private Results() {}

  /**
   * {@return what training adds, a row for each cell and feature of the file: what belongs to a
   * modality goes into its own tables, where values are missing for features that were left out}
   *
   * @param model the trained model
   * @param source the cells that it was trained on
   * @param embedding of these cells
   */
  public static TableAdditions ofTraining(
      RegularizedModel model, CellSource source, Embedding embedding) {
    SequencedMap<String, Tree> uns = provenance(model.fitted());
    uns.put("history", history(model.history()));
    uns.put("kept_epoch", new Tree.Whole(model.history().keptEpoch()));
    TableAdditions all = withCells(marked(model, source), embedding);
    for (String modality : model.modalities()) {
      List<Addition> own = new ArrayList<>();
      SequencedMap<String, Tree> categories = new LinkedHashMap<>();
      add(model.learnedTerms(modality), places(model, source, modality), own, categories);
      if (modality.isEmpty()) {
        uns.putAll(categories);
      } else {
        own.add(new Addition.Uns(PREFIX, new Tree.Dict(categories)));
      }
      all = all.with(modality, own);
    }
    return all.with("", List.of(new Addition.Uns(PREFIX, new Tree.Dict(uns))));
  }

  /**
   * {@return what embedding cells under a trained model adds, a row for each cell}
   *
   * @param model the trained model
   * @param source the cells
   * @param embedding of these cells
   */
  public static TableAdditions ofEmbedding(
      RegularizedModel model, CellSource source, Embedding embedding) {
    return withCells(marked(model, source), embedding).with("", List.of(origin(model)));
  }

  private static TableAdditions withCells(TableAdditions before, Embedding embedding) {
    TableAdditions all = before.with("", List.of(new Addition.Obsm(LATENT, embedding.latent())));
    for (Embedding.OfModality modality : embedding.modalities()) {
      String name = modality.name();
      List<Addition> shared = new ArrayList<>();
      if (!name.isEmpty()) {
        modality.latent().ifPresent(z -> shared.add(new Addition.Obsm(LATENT + "_" + name, z)));
      }
      modality
          .weight()
          .ifPresent(w -> shared.add(column("%s_weight_%s".formatted(PREFIX, name), w)));
      all =
          all.with("", shared)
              .with(name, List.of(column(PREFIX + "_library_size", modality.librarySize())));
    }
    return all;
  }

  /**
   * {@return what a map of cells by their latent representation adds to the shared tables, a row
   * for each cell}
   *
   * @param map of the cells by their latent representation
   * @param asked says whether the layout and the clusters are among it
   */
  public static List<Addition> ofMap(ScoredMap map, MapConfig asked) {
    return map.additions(LATENT, asked);
  }

  /**
   * {@return what attribution adds, a row for each cell; for several modalities under the Python
   * package's names}
   *
   * @param model that was asked
   * @param source the cells
   * @param attribution of these cells
   */
  public static TableAdditions ofAttribution(
      RegularizedModel model, CellSource source, Attribution attribution) {
    List<Addition> additions =
        new ArrayList<>(
            switch (model) {
              case AmbientRegularizedSCVI _ -> {
                ModalityAttribution only = attribution.modalities().getFirst();
                yield List.of(
                    new Addition.Obsm(LATENT + "_attr", attribution.weightedLatent(only)),
                    column(PREFIX + "_decoder_total_attr", only.total()));
              }
              case RegularizedMultimodalVI _ -> attribution.additions();
            });
    additions.add(origin(model));
    return marked(model, source).with("", additions);
  }

  /**
   * {@return what expression adds to each modality's tables: a layer of all features, or a matrix
   * of the cells with some and their names as an annotation}
   *
   * @param model that was asked
   * @param source the cells
   * @param expression of these cells
   * @param name of the layer or matrix
   */
  public static TableAdditions ofExpression(
      RegularizedModel model, CellSource source, Expression expression, String name) {
    TableAdditions all = marked(model, source).with("", List.of(origin(model)));
    for (Expression.OfModality own : expression.modalities()) {
      all = all.with(own.name(), values(own.values(), name));
    }
    return all;
  }

  /**
   * {@return what predictions add to each modality's tables, as layers of all features, or matrices
   * with their names: draws of counts under the name, or numbered from 1 when there are several,
   * and rates and dispersions with an ending}
   *
   * @param model that was asked
   * @param source the cells
   * @param prediction of these cells
   * @param name of the layer or matrix
   */
  public static TableAdditions ofPrediction(
      RegularizedModel model, CellSource source, Prediction prediction, String name) {
    TableAdditions all = marked(model, source).with("", List.of(origin(model)));
    for (Prediction.OfModality own : prediction.modalities()) {
      List<Addition> additions = new ArrayList<>();
      int draws = own.counts().size();
      for (int i = 0; i < draws; i++) {
        additions.addAll(values(own.counts().get(i), draws == 1 ? name : name + "_" + (i + 1)));
      }
      own.rate().ifPresent(rate -> additions.addAll(values(rate, name + "_rate")));
      own.dispersion().ifPresent(theta -> additions.addAll(values(theta, name + "_dispersion")));
      all = all.with(own.name(), additions);
    }
    return all;
  }

  private static List<Addition> values(FeatureValues values, String name) {
    return switch (values) {
      case FeatureValues.All(Layer layer) -> List.of(new Addition.OfLayer(name, layer));
      case FeatureValues.Some(List<String> features, FloatMatrix matrix) ->
          List.of(
              new Addition.Obsm(name, matrix),
              new Addition.Uns(name + "_features", new Tree.Texts(features)));
    };
  }

  /**
   * {@return what estimating each cell's marginal likelihood adds}
   *
   * @param model that was asked
   * @param source the cells
   * @param logs log p(x) of each cell, nats
   */
  public static TableAdditions ofLikelihood(
      RegularizedModel model, CellSource source, double[] logs) {
    return marked(model, source)
        .with("", List.of(column(PREFIX + "_marginal_log_likelihood", logs), origin(model)));
  }

  /**
   * {@return what a comparison of groups adds: the table, to the annotations that all share}
   *
   * @param model that was asked
   * @param source the cells
   * @param table the comparisons
   */
  public static TableAdditions ofDifferential(
      RegularizedModel model, CellSource source, DifferentialTable table) {
    return marked(model, source)
        .with("", List.of(new Addition.Uns(DIFFERENTIAL, table.tree()), origin(model)));
  }

  /**
   * {@return what correction for ambient counts adds to each modality's tables}
   *
   * @param model that was asked
   * @param source the cells
   * @param correction of these cells
   */
  public static TableAdditions ofCorrection(
      RegularizedModel model, CellSource source, Correction correction) {
    TableAdditions all = marked(model, source).with("", List.of(origin(model)));
    for (Correction.OfModality own : correction.modalities()) {
      all =
          all.with(
              own.name(),
              List.of(
                  new Addition.OfLayer(PREFIX + "_corrected", own.counts()),
                  column(PREFIX + "_ambient_fraction", own.ambientFraction()),
                  new Addition.VarColumn(
                      PREFIX + "_ambient_counts", new Column.Numbers(own.ambientCounts(), false))));
    }
    return all;
  }

  /** {@return the annotation that says where the numbers came from} */
  private static Addition origin(RegularizedModel model) {
    return new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted())));
  }

  /** Marks the features that the model has in each modality of which the file has others too. */
  private static TableAdditions marked(RegularizedModel model, CellSource source) {
    TableAdditions all = TableAdditions.shared(List.of());
    for (String modality : model.modalities()) {
      int[] placeOf = places(model, source, modality);
      if (Arrays.stream(placeOf).anyMatch(place -> place < 0)) {
        all = all.with(modality, List.of(modelled(placeOf)));
      }
    }
    return all;
  }

  private static Addition column(String name, double[] values) {
    return new Addition.ObsColumn(name, new Column.Numbers(values, false));
  }

  /** Returns the place of each of a file's features among those of a model, -1 for none. */
  private static int[] places(RegularizedModel model, CellSource source, String modality) {
    Map<String, Integer> placeOf = new HashMap<>();
    model.features(modality).forEach(name -> placeOf.put(name, placeOf.size()));
    return source.features(modality).varNames().stream()
        .mapToInt(name -> placeOf.getOrDefault(name, -1))
        .toArray();
  }

  private static Addition modelled(int[] placeOf) {
    boolean[] modelled = new boolean[placeOf.length];
    for (int g = 0; g < placeOf.length; g++) {
      modelled[g] = placeOf[g] >= 0;
    }
    return new Addition.VarColumn(
        MODELLED, new Column.Flags(modelled, new boolean[placeOf.length]));
  }

  private static void add(
      LearnedTerms terms, int[] placeOf, List<Addition> additions, SequencedMap<String, Tree> uns) {
    SequencedMap<String, LearnedTerms.Term> named = new LinkedHashMap<>();
    terms.background().ifPresent(term -> named.put("background", term));
    named.put(terms.bursts() ? "technical_variance" : "dispersion", terms.dispersion());
    terms.featureScaling().ifPresent(term -> named.put("feature_scaling", term));
    named.forEach(
        (name, term) -> {
          additions.add(
              new Addition.Varm(PREFIX + "_" + name, Aligned.matrix(term.values(), placeOf)));
          uns.put(name + "_categories", new Tree.Texts(term.columns()));
        });
    terms.modalityScale().ifPresent(scale -> uns.put("modality_scale", new Tree.Real(scale)));
  }

  private static SequencedMap<String, Tree> provenance(FittedModel model) {
    SequencedMap<String, Tree> uns = new LinkedHashMap<>();
    uns.put("options", OptionTree.of(model.setup(), model.trainConfig()));
    uns.put("seed", new Tree.Whole(model.setup().seed()));
    uns.put("data_digest", digest(model.setup().modalities()));
    SequencedMap<String, Tree> versions = new LinkedHashMap<>();
    versions.put("regularizedvi", new Tree.Text(Version.current()));
    versions.put("java", new Tree.Text(Runtime.version().toString()));
    uns.put("versions", new Tree.Dict(versions));
    return uns;
  }

  /** {@return the digest of the counts as one text, or one by modality where they have names} */
  private static Tree digest(List<StoredModality> modalities) {
    StoredModality first = modalities.getFirst();
    if (first.name().isEmpty()) {
      return new Tree.Text(first.dataDigest());
    }
    SequencedMap<String, Tree> digests = new LinkedHashMap<>();
    modalities.forEach(own -> digests.put(own.name(), new Tree.Text(own.dataDigest())));
    return new Tree.Dict(digests);
  }

  private static Tree history(History history) {
    SequencedMap<String, Tree> metrics = new LinkedHashMap<>();
    history.metrics().forEach(name -> metrics.put(name, new Tree.Reals(history.of(name))));
    return new Tree.Dict(metrics);
  }
}
