package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.data.FeaturePlaces;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells how much of the observed counts of a modality is ambient, cell by cell and feature by
 * feature: each count times the share of the background in its rate, at the posterior mean of z.
 */
public final class AmbientFractions implements AutoCloseable {
  private final int modality;
  private final NativeShares shares;
  private final double[] ofFeatures;
  private double[] fractions = new double[0];

  AmbientFractions(
      Computation computation, ModalitySpec modality, FeaturePlaces places, AmbientAmount amount) {
    this.modality = modality.index();
    this.shares = new NativeShares(computation, modality.index(), places, amount);
    this.ofFeatures = new double[modality.features()];
  }

  /**
   * {@return the ambient share of each cell's counts by the name of each modality that has a
   * background; NaN for a cell without counts}
   *
   * @param computation the model, opened
   * @param names of all modalities, in the order of the model
   * @param minibatches the cells, in the order of the result
   * @param places of each modality's features in the file
   * @param random of the draws that a logistic normal's mean is taken over
   */
  public static SequencedMap<String, double[]> of(
      Computation computation,
      List<String> names,
      Iterable<Minibatch> minibatches,
      List<FeaturePlaces> places,
      CounterRandom random) {
    SequencedMap<String, AmbientFractions> all = new LinkedHashMap<>();
    try {
      for (ModalitySpec modality : withBackground(computation.model().spec())) {
        int m = modality.index();
        all.put(
            names.get(m),
            new AmbientFractions(computation, modality, places.get(m), AmbientAmount.CELL));
      }
      CellStates.atMeans(
          computation,
          random,
          minibatches,
          (minibatch, means) -> all.values().forEach(own -> own.add(minibatch, means)));
      SequencedMap<String, double[]> fractions = new LinkedHashMap<>();
      all.forEach((name, own) -> fractions.put(name, own.fractions()));
      return fractions;
    } finally {
      all.values().forEach(AmbientFractions::close);
    }
  }

  /** {@return the modalities that have an additive background} */
  static List<ModalitySpec> withBackground(NetworkSpec spec) {
    return spec.modalities().stream()
        .filter(own -> own.generative().useAdditiveBackground())
        .toList();
  }

  /**
   * Adds cells and returns the native share of each of their stored counts.
   *
   * @return a number in [0, 1] per stored count
   */
  float[] add(Minibatch minibatch, CellState means) {
    var observed = minibatch.counts().get(modality);
    float[] shareOf = shares.of(minibatch, means);
    int done = fractions.length;
    fractions = Arrays.copyOf(fractions, done + minibatch.size());
    for (int n = 0; n < minibatch.size(); n++) {
      double lost = 0;
      double total = 0;
      for (int i = observed.indptr()[n]; i < observed.indptr()[n + 1]; i++) {
        double own = observed.values()[i] * (1.0 - shareOf[i]);
        ofFeatures[observed.indices()[i]] += own;
        lost += own;
        total += observed.values()[i];
      }
      fractions[done + n] = total > 0 ? lost / total : Double.NaN;
    }
    return shareOf;
  }

  /** {@return the ambient share of each cell added; NaN for one without counts} */
  double[] fractions() {
    return fractions;
  }

  /** {@return the expected number of ambient counts of each feature over all cells added} */
  double[] ofFeatures() {
    return ofFeatures;
  }

  @Override
  public void close() {
    shares.close();
  }
}
