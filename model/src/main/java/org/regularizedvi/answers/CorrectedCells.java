package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.core.data.FeaturePlaces;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * How many of the observed counts are the cell's own? At the posterior mean of z, only where there
 * are counts: what is corrected is as sparse as what was counted.
 */
public final class CorrectedCells {
  private CorrectedCells() {}

  /**
   * Corrects the counts of the modalities that have a background.
   *
   * @param names of all modalities
   * @param places of each modality's features in the file
   * @param random of the posterior means
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
      for (ModalitySpec modality : AmbientSums.withBackground(computation.model().spec())) {
        int m = modality.index();
        AmbientSums sums = new AmbientSums(computation, modality);
        all.add(new OneModality(m, names.get(m), places.get(m), sums, plan));
      }
      CellStates.atMeans(
          computation,
          random,
          minibatches,
          (minibatch, zNK) -> all.forEach(own -> own.add(minibatch, zNK)));
      return new Correction(all.stream().map(OneModality::result).toList());
    } catch (RuntimeException | Error e) {
      all.forEach(own -> own.counts.close());
      throw e;
    } finally {
      all.forEach(own -> own.sums.close());
    }
  }

  private static final class OneModality {
    private final String name;
    private final int modality;
    private final FeaturePlaces places;
    private final AmbientSums sums;
    private final CountCorrector corrector;
    private final SparseLayer counts;

    OneModality(
        int modality, String name, FeaturePlaces places, AmbientSums sums, CorrectionPlan plan) {
      this.name = name;
      this.modality = modality;
      this.places = places;
      this.sums = sums;
      this.corrector = new CountCorrector(plan.method(), plan.seed(), this.modality);
      this.counts = SparseLayer.beside(plan.target(), places.columns());
    }

    void add(Minibatch minibatch, FloatMatrix zNK) {
      float[] shares = sums.add(minibatch, zNK);
      var observed = minibatch.counts().get(modality);
      counts.add(places.inFile(corrector.correct(observed, shares, minibatch.cells())));
    }

    Correction.OfModality result() {
      return new Correction.OfModality(
          name, counts, sums.fractions(), places.inFile(sums.ofFeatures()));
    }
  }
}
