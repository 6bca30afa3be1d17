package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.data.Addition;
import org.regularizedvi.data.Column;
import org.regularizedvi.data.Tree;

/**
 * What a run adds to a copy of its input file: the latent representation and library sizes, the
 * learned terms of the features, and where all of it came from.
 */
public final class Results {
  private static final String LATENT = "X_regularizedvi";
  private static final String PREFIX = "regularizedvi";

  private Results() {}

  /** Returns what training adds; the features of the file must be those of the model, in order. */
  public static List<Addition> ofTraining(AmbientRegularizedSCVI model, Embedding embedding) {
    List<Addition> additions = new ArrayList<>(cells(embedding));
    SequencedMap<String, Tree> uns = provenance(model);
    LearnedTerms terms = model.learnedTerms();
    terms.background().ifPresent(term -> add("background", term, additions, uns));
    add("dispersion", terms.dispersion(), additions, uns);
    terms.featureScaling().ifPresent(term -> add("feature_scaling", term, additions, uns));
    uns.put("history", history(model.history()));
    additions.add(new Addition.Uns(PREFIX, new Tree.Dict(uns)));
    return List.copyOf(additions);
  }

  /** Returns what embedding cells under a trained model adds. */
  public static List<Addition> ofEmbedding(AmbientRegularizedSCVI model, Embedding embedding) {
    List<Addition> additions = new ArrayList<>(cells(embedding));
    additions.add(new Addition.Uns(PREFIX, new Tree.Dict(provenance(model))));
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
        new Addition.Uns(PREFIX, new Tree.Dict(provenance(model))));
  }

  private static List<Addition> cells(Embedding embedding) {
    return List.of(
        new Addition.Obsm(LATENT, embedding.latent()),
        new Addition.ObsColumn(
            PREFIX + "_library_size", new Column.Numbers(embedding.librarySize(), false)));
  }

  private static void add(
      String name,
      LearnedTerms.Term term,
      List<Addition> additions,
      SequencedMap<String, Tree> uns) {
    additions.add(new Addition.Varm(PREFIX + "_" + name, term.values()));
    uns.put(name + "_categories", new Tree.Texts(term.columns()));
  }

  private static SequencedMap<String, Tree> provenance(AmbientRegularizedSCVI model) {
    SequencedMap<String, Tree> uns = new LinkedHashMap<>();
    uns.put("options", OptionTree.of(model.schema().keys(), model.config(), model.trainConfig()));
    uns.put("seed", new Tree.Whole(model.seed()));
    uns.put("data_digest", new Tree.Text(model.dataDigest()));
    SequencedMap<String, Tree> versions = new LinkedHashMap<>();
    versions.put("regularizedvi", new Tree.Text(Version.current()));
    versions.put("java", new Tree.Text(Runtime.version().toString()));
    uns.put("versions", new Tree.Dict(versions));
    return uns;
  }

  private static Tree history(History history) {
    SequencedMap<String, Tree> metrics = new LinkedHashMap<>();
    history.metrics().forEach(name -> metrics.put(name, new Tree.Reals(history.of(name))));
    return new Tree.Dict(metrics);
  }
}
