package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.regularizedvi.answers.AmbientCorrection;
import org.regularizedvi.answers.AmbientFractions;
import org.regularizedvi.answers.AskedModality;
import org.regularizedvi.answers.Counterfactuals;
import org.regularizedvi.answers.CovariateInfluence;
import org.regularizedvi.answers.DenoisedExpression;
import org.regularizedvi.answers.DiagnosisPasses;
import org.regularizedvi.answers.DiagnosisSums;
import org.regularizedvi.answers.DifferentialExpression;
import org.regularizedvi.answers.EvidenceLowerBound;
import org.regularizedvi.answers.LatentAttribution;
import org.regularizedvi.answers.LatentRepresentation;
import org.regularizedvi.answers.MarginalLikelihood;
import org.regularizedvi.answers.PosteriorPredictive;
import org.regularizedvi.answers.PredictedSlices;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.data.FileCells;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.result.CovariateEffects;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.core.result.DifferentialPlan;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.core.result.LatentMoments;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.core.term.LearnedTerms;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Answers questions to a model about the cells of a file, streamed.
 *
 * @param completeCells moments of z over the cells that have every modality, where slices of z are
 *     side by side
 */
record Questions(
    StoredModel.Setup setup, Computation computation, Optional<LatentMoments> completeCells) {
  Embedding embed(FileCells cells, MissingSlices slices) {
    Embedding encoded =
        LatentRepresentation.of(
            computation, names(), cells, cells.size(), new CounterRandom(setup.seed()));
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
    return LatentAttribution.of(
        computation, names(), cells, cells.size(), new CounterRandom(setup.seed()));
  }

  CovariateEffects covariateEffects(FileCells cells) {
    return CovariateInfluence.of(
        computation, names(), setup.schema(), cells, new CounterRandom(setup.seed()));
  }

  /**
   * {@return the expression of cells}
   *
   * @throws InputException when the model has no such feature, key or category
   */
  Expression express(FileCells cells, ExpressionPlan plan) {
    plan.features().ifPresent(names -> requireKnown(names));
    Counterfactuals counterfactuals =
        Counterfactuals.of(
            setup.schema(), setup.config().generative().useBatchInDecoder(), plan.transform());
    return DenoisedExpression.of(
        computation, asked(cells), cells, counterfactuals, new CounterRandom(setup.seed()), plan);
  }

  /**
   * {@return predicted counts of cells}
   *
   * @throws InputException when the model has no such feature, or no background to leave out
   */
  Prediction predict(FileCells cells, PredictionPlan plan) {
    plan.features().ifPresent(names -> requireKnown(names));
    if (!plan.background() && !hasBackground()) {
      throw new InputException(
          "The model has no additive background (use_additive_background was off in training) that could be left out.");
    }
    return PosteriorPredictive.of(
        computation, asked(cells), cells, new CounterRandom(setup.seed()), plan);
  }

  private List<AskedModality> asked(FileCells cells) {
    List<AskedModality> asked = new ArrayList<>();
    for (ModalitySpec spec : computation.model().spec().modalities()) {
      StoredModality own = setup.modalities().get(spec.index());
      asked.add(
          new AskedModality(spec, own.name(), own.features(), cells.places().get(spec.index())));
    }
    return asked;
  }

  private boolean hasBackground() {
    return computation.model().spec().modalities().stream()
        .anyMatch(own -> own.generative().useAdditiveBackground());
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
    return AmbientFractions.of(
        computation, names(), cells, cells.places(), new CounterRandom(setup.seed()));
  }

  /**
   * {@return the counts of cells without their ambient part}
   *
   * @throws InputException when no modality has a background
   */
  Correction correct(FileCells cells, CorrectionPlan plan) {
    if (!hasBackground()) {
      throw new InputException(
          "The model has no additive background (use_additive_background was off in training), so it cannot tell which counts are ambient.");
    }
    return AmbientCorrection.of(
        computation, names(), cells, cells.places(), new CounterRandom(setup.seed()), plan);
  }

  /**
   * {@return comparisons of groups of cells}
   *
   * @throws InputException when a column, group, key or category does not exist, or a group has too
   *     few cells
   */
  DifferentialTable compare(CellSource source, DifferentialPlan plan) {
    List<DifferentialExpression.Asked> asked = new ArrayList<>();
    for (ModalitySpec spec : computation.model().spec().modalities()) {
      StoredModality own = setup.modalities().get(spec.index());
      asked.add(new DifferentialExpression.Asked(spec, own.name(), own.features()));
    }
    DifferentialExpression.Cells cells =
        new DifferentialExpression.Cells(
            source.cells(),
            setup.schema().encode(source.cells()),
            looker -> {
              try (FileCells pass = FileCells.open(source, setup.schema(), setup.modalities())) {
                pass.forEach(looker);
              }
            });
    return DifferentialExpression.of(computation, asked, setup.schema(), cells, plan);
  }

  double[] marginalLogLikelihood(FileCells cells, int samples, long drawSeed) {
    if (samples < 1) {
      throw new InputException("n_samples must be 1 or more, but is %d.".formatted(samples));
    }
    return MarginalLikelihood.of(computation, cells, cells.size(), samples, drawSeed);
  }

  Evaluation evaluate(FileCells cells, long drawSeed) {
    try (Evaluator evaluator = computation.evaluator()) {
      return EvidenceLowerBound.of(evaluator, cells, new CounterRandom(drawSeed));
    }
  }

  /**
   * Goes through cells for what a diagnosis is made of.
   *
   * @param perFeature whether features are asked about one by one, which takes longer
   * @param each gets the place of the first cell of each minibatch, and the sums over its cells
   */
  void diagnose(
      FileCells cells, long drawSeed, boolean perFeature, BiConsumer<Integer, DiagnosisSums> each) {
    try (Evaluator evaluator = computation.evaluator();
        DiagnosisPasses passes =
            new DiagnosisPasses(computation, setup.modalities().size(), perFeature)) {
      passes.run(evaluator, cells, new CounterRandom(drawSeed), each);
    }
  }

  /** {@return how well the model explains cells, and what it makes of them} */
  Diagnosis diagnosis(DiagnosisSums sums) {
    List<Diagnosis.OfModality> modalities = new ArrayList<>();
    for (int m = 0; m < setup.modalities().size(); m++) {
      modalities.add(
          new Diagnosis.OfModality(
              setup.modalities().get(m).name(),
              new LibrarySize(computation.model().spec().modalities().get(m))
                  .readWeight(computation.model().parameters()),
              sums.background().get(m).shares(setup.schema().names(Purpose.AMBIENT)),
              sums.perFeature(m)));
    }
    return new Diagnosis(sums.evaluation(), modalities);
  }

  /** {@return what was learned of a modality's features, by its place in the model} */
  LearnedTerms learnedTerms(int modality) {
    return LearnedTerms.of(
        computation.model().spec().modalities().get(modality),
        computation.model().parameters(),
        setup.schema());
  }
}
