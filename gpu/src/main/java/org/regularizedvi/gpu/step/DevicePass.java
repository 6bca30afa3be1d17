package org.regularizedvi.gpu.step;

import java.util.Optional;
import java.util.function.Supplier;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
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
  private final StepNetwork network;
  private final Minibatch minibatch;
  private final CellLoss sums;
  private final double activeDims;
  private final Supplier<EvaluationPass> others;
  private Optional<EvaluationPass> other = Optional.empty();

  DevicePass(StepNetwork network, Minibatch minibatch, Supplier<EvaluationPass> others) {
    this.network = network;
    this.minibatch = minibatch;
    this.sums = network.cellSums();
    this.activeDims = network.sums().of(Sums.Sum.ACTIVE);
    this.others = others;
  }

  @Override
  public CellLoss sums() {
    return sums;
  }

  @Override
  public double[] reconstructionOf() {
    return new double[] {sums.of(CellTerm.RECONSTRUCTION)};
  }

  @Override
  public double[] reconstructionN() {
    double[] values = network.logLikelihood(minibatch.size());
    for (int n = 0; n < values.length; n++) {
      values[n] = -values[n];
    }
    return values;
  }

  @Override
  public LatentDivergence latentDivergence() {
    Posterior q = network.posteriors(minibatch.size()).latents().getFirst();
    int dimensions = q.mean().columns();
    double[] sum = new double[dimensions];
    double[] largest = new double[dimensions];
    for (int at = 0; at < q.mean().values().length; at++) {
      int k = at % dimensions;
      double kl = LatentKl.of(q.mean().values()[at], q.variance().values()[at]);
      sum[k] += kl;
      largest[k] = at < dimensions ? kl : Math.max(largest[k], kl);
    }
    return new LatentDivergence(sum, largest, activeDims);
  }

  @Override
  public Posteriors posteriors() {
    return network.posteriors(minibatch.size());
  }

  @Override
  public DecodedCells decoded(int modality) {
    if (other.isEmpty()) {
      other = Optional.of(others.get());
    }
    return other.get().decoded(modality);
  }

  @Override
  public void close() {
    other.ifPresent(EvaluationPass::close);
  }
}
