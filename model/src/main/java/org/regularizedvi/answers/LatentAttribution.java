package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.core.result.ModalityAttribution;
import org.regularizedvi.core.result.ModalityAttribution.LatentRange;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells which latent dimensions the decoder of each modality uses in each cell: the mean over the
 * features of |d mu / d z|, exact, at the posterior means of z and l.
 */
public final class LatentAttribution {
  private LatentAttribution() {}

  /**
   * Attributes cells; where one lacks a modality, that modality's numbers are NaN.
   *
   * @param computation the model, opened
   * @param names of the modalities, in the order of the model
   * @param minibatches the cells, in the order of the result
   * @param cells their number
   * @param random of the draws that a logistic normal's mean is taken over
   * @return posterior means of z and, for each modality, cells x dimensions of mean absolute
   *     derivatives
   */
  public static Attribution of(
      Computation computation,
      List<String> names,
      Iterable<Minibatch> minibatches,
      int cells,
      CounterRandom random) {
    NetworkSpec spec = computation.model().spec();
    int latent = spec.jointLatent();
    FloatMatrix means = FloatMatrix.zeros("The attribution", cells, latent);
    List<LatentDerivatives> decoders = new ArrayList<>();
    List<FloatMatrix> derivatives = new ArrayList<>();
    try (CellStates states = new CellStates(computation, random)) {
      for (ModalitySpec modality : spec.modalities()) {
        decoders.add(computation.derivatives(modality.index()));
        derivatives.add(FloatMatrix.zeros("The attribution", cells, latent));
      }
      int done = 0;
      for (Minibatch minibatch : minibatches) {
        CellStates.Encoded encoded = states.encode(minibatch);
        CellState mean = encoded.mean();
        means.put(done, mean.zNK().values(), 0, minibatch.size());
        for (int m = 0; m < decoders.size(); m++) {
          float[] own = derivatives(decoders.get(m), minibatch, mean, m);
          derivatives.get(m).put(done, own, 0, minibatch.size());
        }
        done += minibatch.size();
      }
    } finally {
      decoders.forEach(LatentDerivatives::close);
    }
    List<Optional<LatentRange>> own = ownRanges(spec);
    List<ModalityAttribution> modalities = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      modalities.add(new ModalityAttribution(names.get(m), derivatives.get(m), own.get(m)));
    }
    return new Attribution(means, modalities);
  }

  /**
   * {@return each modality's part of z; absent where they share it, or there is no other modality}
   */
  private static List<Optional<LatentRange>> ownRanges(NetworkSpec spec) {
    List<Optional<LatentRange>> ranges = new ArrayList<>();
    int end = 0;
    for (ModalitySpec modality : spec.modalities()) {
      int from = end;
      end += modality.network().nLatent();
      ranges.add(Optional.of(new LatentRange(from, end)));
    }
    boolean sideBySide = ranges.size() > 1 && end == spec.jointLatent();
    return sideBySide ? ranges : Collections.nCopies(ranges.size(), Optional.empty());
  }

  private static float[] derivatives(
      LatentDerivatives decoder, Minibatch minibatch, CellState mean, int modality) {
    float[] library = mean.librariesN().get(modality).clone();
    boolean[] present = minibatch.present(modality);
    for (int n = 0; n < library.length; n++) {
      library[n] = present[n] ? library[n] : Float.NaN;
    }
    return decoder.of(mean.zNK(), library, minibatch.covariates()).values();
  }
}
