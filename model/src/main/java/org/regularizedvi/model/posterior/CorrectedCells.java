package org.regularizedvi.model.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.data.SparseLayer;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.Correction;
import org.regularizedvi.model.CorrectionPlan;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.torch.Processor;

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
      Network network,
      List<String> names,
      Iterable<Minibatch> minibatches,
      List<FeaturePlaces> places,
      CounterRandom random,
      CorrectionPlan plan) {
    List<OneModality> all = new ArrayList<>();
    try (CellStates states = new CellStates(network, random, Processor.threads())) {
      for (Modality modality : network.modalities()) {
        if (modality.spec().generative().useAdditiveBackground()) {
          int m = modality.spec().index();
          all.add(new OneModality(modality, names.get(m), places.get(m), plan));
        }
      }
      for (Minibatch minibatch : minibatches) {
        try (PointerScope _ = new PointerScope();
            NoGradGuard _ = new NoGradGuard()) {
          CellStates.State state = states.encode(minibatch).mean();
          all.forEach(own -> own.add(minibatch, state));
        }
      }
      return new Correction(all.stream().map(OneModality::result).toList());
    } catch (RuntimeException | Error e) {
      all.forEach(own -> own.counts.close());
      throw e;
    } finally {
      all.forEach(own -> own.shares.close());
    }
  }

  private static final class OneModality {
    private final Modality modality;
    private final String name;
    private final FeaturePlaces places;
    private final NativeShares shares;
    private final CountCorrector corrector;
    private final SparseLayer counts;
    private final double[] ambient;
    private double[] fractions = new double[0];

    OneModality(Modality modality, String name, FeaturePlaces places, CorrectionPlan plan) {
      this.modality = modality;
      this.name = name;
      this.places = places;
      this.shares = new NativeShares(modality, Processor.threads());
      this.corrector = new CountCorrector(plan.method(), plan.seed(), modality.spec().index());
      this.counts = SparseLayer.beside(plan.target(), places.columns());
      this.ambient = new double[modality.spec().features()];
    }

    void add(Minibatch minibatch, CellStates.State state) {
      var observed = minibatch.counts().get(modality.spec().index());
      float[] shareOf = shares.of(minibatch, state.zNK());
      int done = fractions.length;
      fractions = Arrays.copyOf(fractions, done + minibatch.size());
      for (int n = 0; n < minibatch.size(); n++) {
        double lost = 0;
        double total = 0;
        for (int i = observed.indptr()[n]; i < observed.indptr()[n + 1]; i++) {
          double own = observed.values()[i] * (1.0 - shareOf[i]);
          ambient[observed.indices()[i]] += own;
          lost += own;
          total += observed.values()[i];
        }
        fractions[done + n] = total > 0 ? lost / total : Double.NaN;
      }
      counts.add(places.inFile(corrector.correct(observed, shareOf, minibatch.cells())));
    }

    Correction.OfModality result() {
      return new Correction.OfModality(name, counts, fractions, places.inFile(ambient));
    }
  }
}
