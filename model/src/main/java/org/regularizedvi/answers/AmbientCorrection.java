package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.core.data.FeaturePlaces;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Takes the ambient part off the observed counts: of each count its share is left that the decoder,
 * rather than the background, accounts for at the posterior mean of z. Only what was counted is
 * looked at, so the corrected counts are as sparse as the observed ones.
 */
public final class AmbientCorrection {
  private AmbientCorrection() {}

  /**
   * Corrects the counts of the modalities that have a background.
   *
   * @param computation the model, opened
   * @param names of all modalities, in the order of the model
   * @param minibatches the cells, in the order of the result
   * @param places of each modality's features in the file
   * @param random of the draws that a logistic normal's mean is taken over
   * @param plan how a count becomes its native part
   * @return corrected counts and ambient shares of each modality, to be closed by the caller
   */
  public static Correction of(
      Computation computation,
      List<String> names,
      Iterable<Minibatch> minibatches,
      List<FeaturePlaces> places,
      CounterRandom random,
      CorrectionPlan plan) {
    List<OneModality> all = new ArrayList<>();
    try {
      for (ModalitySpec modality : AmbientFractions.withBackground(computation.model().spec())) {
        int m = modality.index();
        AmbientFractions ambient =
            new AmbientFractions(computation, modality, places.get(m), plan.amount());
        all.add(new OneModality(m, names.get(m), places.get(m), ambient, plan));
      }
      CellStates.atMeans(
          computation,
          random,
          minibatches,
          (minibatch, means) -> all.forEach(own -> own.add(minibatch, means)));
      return new Correction(all.stream().map(OneModality::result).toList());
    } catch (RuntimeException | Error e) {
      all.forEach(own -> own.counts.close());
      throw e;
    } finally {
      all.forEach(own -> own.ambient.close());
    }
  }

  private static final class OneModality {
    private final String name;
    private final int modality;
    private final FeaturePlaces places;
    private final AmbientFractions ambient;
    private final NativeCounts nativeCounts;
    private final SparseLayer counts;

    OneModality(
        int modality,
        String name,
        FeaturePlaces places,
        AmbientFractions ambient,
        CorrectionPlan plan) {
      this.name = name;
      this.modality = modality;
      this.places = places;
      this.ambient = ambient;
      this.nativeCounts = new NativeCounts(plan.method(), plan.seed(), this.modality);
      this.counts = SparseLayer.beside(plan.target(), places.columns());
    }

    void add(Minibatch minibatch, CellState means) {
      float[] shares = ambient.add(minibatch, means);
      var observed = minibatch.counts().get(modality);
      counts.add(places.inFile(nativeCounts.of(observed, shares, minibatch.cells())));
    }

    Correction.OfModality result() {
      return new Correction.OfModality(
          name, counts, ambient.fractions(), places.inFile(ambient.ofFeatures()));
    }
  }
}
