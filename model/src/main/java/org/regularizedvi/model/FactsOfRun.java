package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.Version;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.store.OptionTree;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.training.continuation.Digest;
import org.regularizedvi.training.continuation.RunFacts;

/** Collects what a training's bits depend on, from the model before it and the data. */
final class FactsOfRun {
  private FactsOfRun() {}

  /**
   * {@return the facts of a training}
   *
   * @param start the parameters that training starts from
   * @param engine computes it
   */
  static RunFacts of(
      StoredModel.Setup setup,
      TrainConfig options,
      CellData data,
      Parameters start,
      Engine engine) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("version", Version.current());
    facts.put("seed", Long.toString(setup.seed()));
    if (OptionTree.of(setup, Optional.of(options)) instanceof Tree.Dict dict) {
      dict.entries().forEach((name, value) -> facts.put(name, text(value)));
    }
    facts.put(RunFacts.ENGINE, engine.name());
    facts.put(
        RunFacts.PRODUCTS, engine.resolve(options.precision()).name().toLowerCase(Locale.ROOT));
    facts.put("cells", Integer.toString(data.size()));
    for (ModalityCounts own : data.modalities()) {
      String suffix = own.name().isEmpty() ? "" : "_" + own.name();
      facts.put("data_digest" + suffix, own.counts().digest());
      facts.put("features_digest" + suffix, new Digest().add(own.features()).hex());
    }
    for (StoredModality own : setup.modalities()) {
      String suffix = own.name().isEmpty() ? "" : "_" + own.name();
      facts.put("ambient_profile_digest" + suffix, profile(own.priors().ambient()));
    }
    facts.put("obs_digest", obs(setup, data.covariates()));
    facts.put("start_digest", digest(start));
    return new RunFacts(facts);
  }

  private static String text(Tree value) {
    return switch (value) {
      case Tree.Text(String text) -> text;
      case Tree.Whole(long number) -> Long.toString(number);
      case Tree.Real(double number) -> Double.toString(number);
      case Tree.Flag(boolean flag) -> Boolean.toString(flag);
      case Tree.Reals(double[] numbers) -> Arrays.toString(numbers);
      case Tree.Texts(List<String> texts) -> String.join(",", texts);
      case Tree.Dict dict -> dict.entries().toString();
      case Tree.Nothing() -> "";
    };
  }

  /** {@return a digest of a measured profile, empty where there is none} */
  private static String profile(Optional<AmbientPrior> measured) {
    return measured.map(prior -> new Digest().add(prior.shareGC().values()).hex()).orElse("");
  }

  /** {@return a digest of the columns of obs that keys name, as the model takes them} */
  private static String obs(StoredModel.Setup setup, Covariates covariates) {
    Digest digest = new Digest();
    for (Purpose purpose : Purpose.values()) {
      List<String> categories = new ArrayList<>();
      for (CategoryMapping mapping : setup.schema().of(purpose)) {
        categories.addAll(mapping.categories());
      }
      digest.add(categories);
      for (int[] codes : covariates.codes(purpose)) {
        digest.add(codes);
      }
    }
    for (float[] numbers : covariates.continuous()) {
      digest.add(numbers);
    }
    return digest.add(covariates.logSizeFactor()).hex();
  }

  /** {@return a digest of what training changes} */
  static String digest(Parameters parameters) {
    Digest digest = new Digest();
    for (String name : parameters.trained()) {
      digest.add(List.of(name)).add(parameters.memory(name));
    }
    return digest.hex();
  }
}
