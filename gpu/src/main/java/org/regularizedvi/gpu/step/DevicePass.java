package org.regularizedvi.gpu.step;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.LatentDivergence;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;

/**
 * What a pass on a card gave, valid until the card is used again. Only what was decoded is asked of
 * another engine, which passes over the same cells for it.
 */
final class DevicePass implements EvaluationPass {
  private final PassResults results;
  private final Minibatch minibatch;
  private final CellLoss sums;
  private final double[] reconstructionOf;
  private final double activeDims;
  private final Supplier<EvaluationPass> others;
  private final Decoding decoding;
  private Optional<EvaluationPass> other = Optional.empty();

  /** Says what was decoded. */
  interface Decoding {
    /**
     * @param others the same pass as another engine makes it
     */
    DecodedCells of(int modality, Supplier<EvaluationPass> others);
  }

  /**
   * Reads the sums that the last launches left.
   *
   * @param results what they left
   * @param others makes the same pass by another engine
   * @param decoding says what was decoded
   */
  DevicePass(
      PassResults results,
      Minibatch minibatch,
      Supplier<EvaluationPass> others,
      Decoding decoding) {
    this.results = results;
    this.minibatch = minibatch;
    this.sums = results.cellSums();
    this.reconstructionOf = results.reconstructionOf();
    this.activeDims = results.activeDims();
    this.others = others;
    this.decoding = decoding;
  }

  @Override
  public CellLoss sums() {
    return sums;
  }

  @Override
  public double[] reconstructionOf() {
    return reconstructionOf.clone();
  }

  @Override
  public double[] reconstructionN() {
    double[] values = new double[minibatch.size()];
    for (double[] own : results.logLikelihoods(minibatch.size())) {
      for (int n = 0; n < values.length; n++) {
        values[n] -= own[n];
      }
    }
    return values;
  }

  @Override
  public LatentDivergence latentDivergence() {
    List<Posterior> all = results.latents(minibatch.size());
    int dimensions = all.stream().mapToInt(q -> q.mean().columns()).sum();
    double[] sum = new double[dimensions];
    double[] largest = new double[dimensions];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    List<boolean[]> encoded = results.encoded();
    int first = 0;
    for (int e = 0; e < all.size(); e++) {
      Posterior q = all.get(e);
      boolean[] present = encoded.get(e);
      int own = q.mean().columns();
      for (int at = 0; at < q.mean().values().length; at++) {
        int k = first + at % own;
        double kl =
            present[at / own] ? LatentKl.of(q.mean().values()[at], q.variance().values()[at]) : 0;
        sum[k] += kl;
        largest[k] = Math.max(largest[k], kl);
      }
      first += own;
    }
    return new LatentDivergence(sum, largest, activeDims);
  }

  @Override
  public Posteriors posteriors() {
    return results.posteriors(minibatch);
  }

  @Override
  public DecodedCells decoded(int modality) {
    return decoding.of(modality, this::other);
  }

  /** {@return the pass of the other engine, which any thread may need first} */
  private synchronized EvaluationPass other() {
    if (other.isEmpty()) {
      other = Optional.of(others.get());
    }
    return other.get();
  }

  @Override
  public void close() {
    other.ifPresent(EvaluationPass::close);
  }
}
