package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.data.Addition;
import org.regularizedvi.data.Column;
import org.regularizedvi.data.FloatMatrix;
import org.regularizedvi.data.Layer;
import org.regularizedvi.data.MuDataAdditions;
import org.regularizedvi.data.Tree;
import org.regularizedvi.model.checkpoint.StoredModality;

/**
 * What a run adds to a copy of its input file: the latent representation and library sizes, the
 * learned terms of the features, and where all of it came from.
 */
public final class Results {
  private static final String LATENT = "X_regularizedvi";
  private static final String PREFIX = "regularizedvi";

  /** The layer, or matrix, that holds expression unless it is named otherwise. */
  public static final String EXPRESSION = "regularizedvi_expression";

  private Results() {}

  /** Returns what training adds; the features of the file must be those of the model, in order. */
  public static List<Addition> ofTraining(AmbientRegularizedSCVI model, Embedding embedding) {
    List<Addition> additions = new ArrayList<>(cells(embedding));
    SequencedMap<String, Tree> uns = provenance(model.fitted());
    add(model.learnedTerms(), additions, uns);
    uns.put("history", history(model.history()));
    additions.add(new Addition.Uns(PREFIX, new Tree.Dict(uns)));
    return List.copyOf(additions);
  }

  /** Returns what embedding cells under a trained model adds. */
  public static List<Addition> ofEmbedding(AmbientRegularizedSCVI model, Embedding embedding) {
    List<Addition> additions = new ArrayList<>(cells(embedding));
    additions.add(new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted()))));
    return List.copyOf(additions);
  }

  /** Returns what the attribution of a model of one modality adds. */
  public static List<Addition> ofAttribution(
      AmbientRegularizedSCVI model, Attribution attribution) {
    ModalityAttribution only = attribution.modalities().getFirst();
    return List.of(
        new Addition.Obsm(LATENT + "_attr", attribution.weightedLatent(only)),
        new Addition.ObsColumn(
            PREFIX + "_decoder_total_attr", new Column.Numbers(only.total(), false)),
        new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted()))));
  }

  /**
   * Returns what training adds, a row for each cell: what belongs to a modality goes into its own
   * tables, whose features must be those of the model, in order.
   */
  public static MuDataAdditions ofTraining(RegularizedMultimodalVI model, Embedding embedding) {
    SequencedMap<String, Tree> uns = provenance(model.fitted());
    uns.put("history", history(model.history()));
    MuDataAdditions all = ofCells(embedding, uns);
    for (var entry : model.learnedTerms().entrySet()) {
      List<Addition> own = new ArrayList<>();
      SequencedMap<String, Tree> categories = new LinkedHashMap<>();
      add(entry.getValue(), own, categories);
      own.add(new Addition.Uns(PREFIX, new Tree.Dict(categories)));
      all = all.with(entry.getKey(), own);
    }
    return all;
  }

  /** Returns what embedding cells under a trained model adds, a row for each cell. */
  public static MuDataAdditions ofEmbedding(RegularizedMultimodalVI model, Embedding embedding) {
    return ofCells(embedding, provenance(model.fitted()));
  }

  /** Returns what attribution adds, a row for each cell, under the Python package's names. */
  public static MuDataAdditions ofAttribution(
      RegularizedMultimodalVI model, Attribution attribution) {
    List<Addition> shared = new ArrayList<>(attribution.additions());
    shared.add(new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted()))));
    return new MuDataAdditions(shared, new LinkedHashMap<>());
  }

  /**
   * Returns what expression adds: a layer of all features, or a matrix of the cells with some and
   * their names as an annotation.
   *
   * @param name of the layer or matrix
   */
  public static List<Addition> ofExpression(
      AmbientRegularizedSCVI model, Expression expression, String name) {
    List<Addition> additions = expressed(expression.modalities().getFirst(), name);
    additions.add(new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted()))));
    return List.copyOf(additions);
  }

  /** Returns what expression adds to each modality's own tables. */
  public static MuDataAdditions ofExpression(
      RegularizedMultimodalVI model, Expression expression, String name) {
    MuDataAdditions all =
        MuDataAdditions.shared(
            List.of(new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted())))));
    for (Expression.OfModality own : expression.modalities()) {
      all = all.with(own.name(), expressed(own, name));
    }
    return all;
  }

  private static List<Addition> expressed(Expression.OfModality own, String name) {
    return new ArrayList<>(
        switch (own.values()) {
          case Expression.Values.All(Layer layer) -> List.of(new Addition.OfLayer(name, layer));
          case Expression.Values.Some(List<String> features, FloatMatrix matrix) ->
              List.of(
                  new Addition.Obsm(name, matrix),
                  new Addition.Uns(name + "_features", new Tree.Texts(features)));
        });
  }

  /** Returns what estimating each cell's marginal likelihood adds. */
  public static List<Addition> ofLikelihood(AmbientRegularizedSCVI model, double[] logs) {
    return likelihood(model.fitted(), logs);
  }

  /** Returns what estimating each cell's marginal likelihood adds, to the shared tables. */
  public static MuDataAdditions ofLikelihood(RegularizedMultimodalVI model, double[] logs) {
    return MuDataAdditions.shared(likelihood(model.fitted(), logs));
  }

  private static List<Addition> likelihood(FittedModel model, double[] logs) {
    return List.of(
        column(PREFIX + "_marginal_log_likelihood", logs),
        new Addition.Uns(PREFIX, new Tree.Dict(provenance(model))));
  }

  /** Returns what correction for ambient counts adds. */
  public static List<Addition> ofCorrection(AmbientRegularizedSCVI model, Correction correction) {
    List<Addition> additions = corrected(correction.modalities().getFirst());
    additions.add(new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted()))));
    return List.copyOf(additions);
  }

  /** Returns what correction for ambient counts adds to each modality's own tables. */
  public static MuDataAdditions ofCorrection(RegularizedMultimodalVI model, Correction correction) {
    MuDataAdditions all =
        MuDataAdditions.shared(
            List.of(new Addition.Uns(PREFIX, new Tree.Dict(provenance(model.fitted())))));
    for (Correction.OfModality own : correction.modalities()) {
      all = all.with(own.name(), corrected(own));
    }
    return all;
  }

  private static List<Addition> corrected(Correction.OfModality own) {
    return new ArrayList<>(
        List.of(
            new Addition.OfLayer(PREFIX + "_corrected", own.counts()),
            column(PREFIX + "_ambient_fraction", own.ambientFraction()),
            new Addition.VarColumn(
                PREFIX + "_ambient_counts", new Column.Numbers(own.ambientCounts(), false))));
  }

  private static MuDataAdditions ofCells(Embedding embedding, SequencedMap<String, Tree> uns) {
    List<Addition> shared = new ArrayList<>();
    shared.add(new Addition.Obsm(LATENT, embedding.latent()));
    SequencedMap<String, List<Addition>> own = new LinkedHashMap<>();
    for (Embedding.OfModality modality : embedding.modalities()) {
      String name = modality.name();
      modality.latent().ifPresent(z -> shared.add(new Addition.Obsm(LATENT + "_" + name, z)));
      modality
          .weight()
          .ifPresent(w -> shared.add(column("%s_weight_%s".formatted(PREFIX, name), w)));
      own.put(name, List.of(column(PREFIX + "_library_size", modality.librarySize())));
    }
    shared.add(new Addition.Uns(PREFIX, new Tree.Dict(uns)));
    return new MuDataAdditions(shared, own);
  }

  private static List<Addition> cells(Embedding embedding) {
    return List.of(
        new Addition.Obsm(LATENT, embedding.latent()),
        column(PREFIX + "_library_size", embedding.librarySize()));
  }

  private static Addition column(String name, double[] values) {
    return new Addition.ObsColumn(name, new Column.Numbers(values, false));
  }

  private static void add(
      LearnedTerms terms, List<Addition> additions, SequencedMap<String, Tree> uns) {
    terms.background().ifPresent(term -> add("background", term, additions, uns));
    add("dispersion", terms.dispersion(), additions, uns);
    terms.featureScaling().ifPresent(term -> add("feature_scaling", term, additions, uns));
    terms.modalityScale().ifPresent(scale -> uns.put("modality_scale", new Tree.Real(scale)));
  }

  private static void add(
      String name,
      LearnedTerms.Term term,
      List<Addition> additions,
      SequencedMap<String, Tree> uns) {
    additions.add(new Addition.Varm(PREFIX + "_" + name, term.values()));
    uns.put(name + "_categories", new Tree.Texts(term.columns()));
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

  /** One text, or one by modality where they have names. */
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
