package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.result.LatentMoments;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.kernel.random.CounterRandom;

/** Tells where the cells that have every modality are in the latent space. */
public final class CompleteCells {
  private static final int CELLS_AT_ONCE = 1024;

  private CompleteCells() {}

  /**
   * {@return the mean and covariance of the z that all decoders get, over the cells that have every
   * modality; empty where there are too few of them}
   *
   * @param computation the model, opened
   * @param data the cells
   * @param among cells that are looked at, ascending, of which those with every modality count
   * @param random of the draws that a logistic normal's mean is taken over
   */
  public static Optional<LatentMoments> moments(
      Computation computation, CellData data, int[] among, CounterRandom random) {
    int[] complete =
        Arrays.stream(among)
            .filter(cell -> data.modalities().stream().noneMatch(own -> own.counts().isEmpty(cell)))
            .toArray();
    Iterable<Minibatch> minibatches = data.pass(complete, CELLS_AT_ONCE);
    List<String> names = data.modalities().stream().map(ModalityCounts::name).toList();
    return LatentMoments.of(
        LatentRepresentation.of(computation, names, minibatches, complete.length, random).latent());
  }
}
