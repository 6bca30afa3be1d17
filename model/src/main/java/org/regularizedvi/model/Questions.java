package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.regularizedvi.data.CellSource;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.Nearest;
import org.regularizedvi.data.schema.Purpose;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.checkpoint.StoredModality;
import org.regularizedvi.model.checkpoint.StoredModel;
import org.regularizedvi.model.config.MissingSlices;
import org.regularizedvi.model.differential.DifferentialTable;
import org.regularizedvi.model.fused.FusedElbo;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.posterior.AmbientSums;
import org.regularizedvi.model.posterior.AskedModality;
import org.regularizedvi.model.posterior.AttributedCells;
import org.regularizedvi.model.posterior.ComparedCells;
import org.regularizedvi.model.posterior.CorrectedCells;
import org.regularizedvi.model.posterior.CountParts;
import org.regularizedvi.model.posterior.Counterfactuals;
import org.regularizedvi.model.posterior.ElboOfCells;
import org.regularizedvi.model.posterior.EncodedCells;
import org.regularizedvi.model.posterior.ExpressedCells;
import org.regularizedvi.model.posterior.LatentMoments;
import org.regularizedvi.model.posterior.LibraryWeight;
import org.regularizedvi.model.posterior.MarginalLikelihood;
import org.regularizedvi.model.posterior.PredictedCells;
import org.regularizedvi.model.posterior.PredictedSlices;
import org.regularizedvi.model.posterior.ReadTerms;
import org.regularizedvi.model.torch.Processor;

/**
 * What can be asked of a network about the cells of a file, streamed.
 *
 * @param completeCells how the slices of complete cells go together, where they are side by side
 */
record Questions(StoredModel.Setup setup, Network network, Optional<LatentMoments> completeCells) {
  Embedding embed(FileCells cells, MissingSlices slices) {
    Embedding encoded =
        EncodedCells.of(network, names(), cells, cells.size(), new CounterRandom(setup.seed()));
    return switch (slices) {
      case ENCODED -> encoded;
      case PREDICTED ->
          completeCells.map(moments -> PredictedSlices.of(encoded, moments)).orElse(encoded);
    };
  }

  private List<String> names() {
    return setup.modalities().stream().map(StoredModality::name).toList();
  }

  Attribution attribute(FileCells cells) {
    return AttributedCells.of(
        network, names(), cells, cells.size(), new CounterRandom(setup.seed()));
  }

  /**
   * @throws InputException when the model has no such feature, key or category
   */
  Expression express(FileCells cells, ExpressionPlan plan) {
    plan.features().ifPresent(names -> requireKnown(names));
    Counterfactuals counterfactuals =
        Counterfactuals.of(
            setup.schema(), setup.config().generative().useBatchInDecoder(), plan.transform());
    return ExpressedCells.of(
        network, asked(cells), cells, counterfactuals, new CounterRandom(setup.seed()), plan);
  }

  /**
   * @throws InputException when the model has no such feature, or no background to leave out
   */
  Prediction predict(FileCells cells, PredictionPlan plan) {
    plan.features().ifPresent(names -> requireKnown(names));
    if (!plan.background() && !hasBackground()) {
      throw new InputException(
          "The model has no additive background (use_additive_background was off in training) that could be left out.");
    }
    return PredictedCells.of(network, asked(cells), cells, new CounterRandom(setup.seed()), plan);
  }

  private List<AskedModality> asked(FileCells cells) {
    List<AskedModality> asked = new ArrayList<>();
    for (Modality modality : network.modalities()) {
      int m = modality.spec().index();
      StoredModality own = setup.modalities().get(m);
      asked.add(new AskedModality(modality, own.name(), own.features(), cells.places().get(m)));
    }
    return asked;
  }

  private boolean hasBackground() {
    return network.modalities().stream()
        .anyMatch(own -> own.spec().generative().useAdditiveBackground());
  }

  private void requireKnown(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (setup.modalities().stream().noneMatch(own -> own.features().contains(name))) {
        List<String> all = setup.modalities().stream().flatMap(m -> m.features().stream()).toList();
        throw new InputException(
            "The model has no feature '%s'; %s.".formatted(name, Nearest.words(name, all)));
      }
      if (!seen.add(name)) {
        throw new InputException("The feature '%s' is named twice.".formatted(name));
      }
    }
  }

  SequencedMap<String, double[]> ambientFractions(FileCells cells) {
    return AmbientSums.fractions(network, names(), cells, new CounterRandom(setup.seed()));
  }

  /**
   * @throws InputException when no modality has a background
   */
  Correction correct(FileCells cells, CorrectionPlan plan) {
    if (!hasBackground()) {
      throw new InputException(
          "The model has no additive background (use_additive_background was off in training), so it cannot tell which counts are ambient.");
    }
    return CorrectedCells.of(
        network, names(), cells, cells.places(), new CounterRandom(setup.seed()), plan);
  }

  /**
   * @throws InputException when a column, group, key or category does not exist, or a group has too
   *     few cells
   */
  DifferentialTable compare(CellSource source, DifferentialPlan plan) {
    List<ComparedCells.Asked> asked = new ArrayList<>();
    for (Modality modality : network.modalities()) {
      StoredModality own = setup.modalities().get(modality.spec().index());
      asked.add(new ComparedCells.Asked(modality, own.name(), own.features()));
    }
    ComparedCells.Cells cells =
        new ComparedCells.Cells(
            source.cells(),
            setup.schema().encode(source.cells()),
            looker -> {
              try (FileCells pass = FileCells.open(source, setup.schema(), setup.modalities())) {
                pass.forEach(looker);
              }
            });
    return ComparedCells.of(network, asked, setup.schema(), cells, plan);
  }

  double[] marginalLogLikelihood(FileCells cells, int samples, long drawSeed) {
    if (samples < 1) {
      throw new InputException("n_samples must be 1 or more, but is %d.".formatted(samples));
    }
    return MarginalLikelihood.of(network, cells, cells.size(), samples, drawSeed);
  }

  Evaluation evaluate(FileCells cells, long drawSeed) {
    try (FusedElbo elbo = new FusedElbo(network, Processor.threads())) {
      return ElboOfCells.of(elbo::prepare, cells, new CounterRandom(drawSeed), (_, _) -> {});
    }
  }

  /**
   * @param perFeature whether features are asked about one by one, which takes longer
   */
  Diagnosis diagnose(FileCells cells, long drawSeed, boolean perFeature) {
    List<CountParts> parts =
        network.modalities().stream()
            .map(modality -> new CountParts(modality, perFeature, Processor.threads()))
            .toList();
    try (FusedElbo elbo = new FusedElbo(network, Processor.threads())) {
      Evaluation evaluation =
          ElboOfCells.of(
              elbo::prepare,
              cells,
              new CounterRandom(drawSeed),
              (minibatch, pass) -> parts.forEach(part -> part.add(minibatch, pass)));
      List<Diagnosis.OfModality> modalities = new ArrayList<>();
      for (Modality modality : network.modalities()) {
        int index = modality.spec().index();
        modalities.add(
            new Diagnosis.OfModality(
                setup.modalities().get(index).name(),
                LibraryWeight.of(modality, network.priors().get(index).library()),
                parts.get(index).backgroundShares(setup.schema().names(Purpose.AMBIENT)),
                parts.get(index).featureReconstruction()));
      }
      return new Diagnosis(evaluation, modalities);
    } finally {
      parts.forEach(CountParts::close);
    }
  }

  /** What was learned of a modality's features, by its place in the model. */
  LearnedTerms learnedTerms(int modality) {
    return ReadTerms.of(network.modalities().get(modality), setup.schema());
  }
}
