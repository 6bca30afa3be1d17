package org.regularizedvi.answers;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.cpu.fused.FusedElbo;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.cpu.torch.NormalPosterior;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * How probable are a cell's counts? The importance-weighted estimate of log p(x), with the
 * posterior as the proposal (Burda, Grosse and Salakhutdinov 2016):
 *
 * <pre>
 *   log p(x) ~ log mean over draws of  p(x | z, l) p(z) p(l) / (q(z | x) q(l | x))
 * </pre>
 *
 * <p>From below on average, and nearer with more draws. Theta is at exp(px_r_mu). Of a cell that
 * lacks a modality the other modalities' counts are asked about.
 */
public final class MarginalLikelihood {
  private MarginalLikelihood() {}

  /** Returns log p(x) of cells that come in the order of the result, nats. */
  public static double[] of(
      Network network, Iterable<Minibatch> minibatches, int cells, int samples, long seed) {
    CounterRandom random = new CounterRandom(seed);
    double[] logs = new double[cells];
    int done = 0;
    try (FusedElbo fused = new FusedElbo(network, Processor.threads())) {
      for (Minibatch minibatch : minibatches) {
        LogMean mean = new LogMean(minibatch.size());
        try (PointerScope _ = new PointerScope();
            NoGradGuard _ = new NoGradGuard()) {
          Elbo elbo = fused.prepare(minibatch);
          for (int s = 0; s < samples; s++) {
            try (PointerScope _ = new PointerScope()) {
              // No training run has these steps.
              CounterNoise noise =
                  new CounterNoise(random, CounterNoise.EVALUATION - 1 - s, minibatch.cells());
              mean.add(logWeights(network, minibatch, elbo.pass(minibatch, noise, false), noise));
            }
          }
        }
        System.arraycopy(mean.result(), 0, logs, done, minibatch.size());
        done += minibatch.size();
      }
    }
    return logs;
  }

  private static double[] logWeights(
      Network network, Minibatch minibatch, Elbo.Pass pass, CounterNoise noise) {
    double[] logs = Tensors.doubles(pass.terms().of(CellTerm.RECONSTRUCTION).neg());
    boolean[] all = new boolean[logs.length];
    Arrays.fill(all, true);
    // Decoders see the z of every encoder, also where a cell has nothing for it to encode.
    for (int e = 0; e < pass.posteriors().latents().size(); e++) {
      int encoder = network.latent().encoders().get(e).index();
      NormalPosterior q = pass.posteriors().latents().get(e);
      addRatio(logs, q, noise, Draw.of(Draw.Kind.LATENT, encoder), STANDARD, all);
    }
    for (int m = 0; m < pass.posteriors().libraries().size(); m++) {
      int[] groups = minibatch.covariates().codes(Purpose.LIBRARY_SIZE)[0];
      LibraryPrior prior = network.modalities().get(m).priors().library();
      addRatio(
          logs,
          pass.posteriors().libraries().get(m),
          noise,
          Draw.of(Draw.Kind.LIBRARY, m),
          new OfGroups(prior, groups),
          minibatch.present(m));
    }
    return logs;
  }

  /** The prior of a cell's draws. */
  private interface Prior {
    double mean(int cell);

    double variance(int cell);
  }

  private static final Prior STANDARD =
      new Prior() {
        @Override
        public double mean(int cell) {
          return 0;
        }

        @Override
        public double variance(int cell) {
          return 1;
        }
      };

  private record OfGroups(LibraryPrior prior, int[] groups) implements Prior {
    @Override
    public double mean(int cell) {
      return prior.logMeans()[groups[cell]];
    }

    @Override
    public double variance(int cell) {
      return prior.logVars()[groups[cell]];
    }
  }

  /** Adds log Normal(u; prior) - log Normal(u; q) of the draws u that a pass made of q. */
  private static void addRatio(
      double[] logs,
      NormalPosterior q,
      CounterNoise noise,
      Draw draw,
      Prior prior,
      boolean[] counted) {
    double[] mean = Tensors.doubles(q.mean());
    double[] variance = Tensors.doubles(q.variance());
    int columns = mean.length / logs.length;
    float[] normals = new float[columns];
    for (int n = 0; n < logs.length; n++) {
      if (!counted[n]) {
        continue;
      }
      noise.normals(draw, n, normals);
      double v = prior.variance(n);
      for (int k = 0; k < columns; k++) {
        int at = n * columns + k;
        double off = mean[at] + Math.sqrt(variance[at]) * normals[k] - prior.mean(n);
        double eps = normals[k];
        logs[n] += 0.5 * (eps * eps - off * off / v + Math.log(variance[at] / v));
      }
    }
  }

  /** The log of the mean of numbers that come as logs. */
  private static final class LogMean {
    private final double[] largest;
    private final double[] sums;
    private int count;

    LogMean(int cells) {
      largest = new double[cells];
      sums = new double[cells];
      Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    }

    void add(double[] logs) {
      for (int n = 0; n < logs.length; n++) {
        if (logs[n] > largest[n]) {
          sums[n] = sums[n] * Math.exp(largest[n] - logs[n]) + 1;
          largest[n] = logs[n];
        } else {
          sums[n] += Math.exp(logs[n] - largest[n]);
        }
      }
      count++;
    }

    double[] result() {
      double[] logs = new double[sums.length];
      for (int n = 0; n < logs.length; n++) {
        logs[n] = largest[n] + Math.log(sums[n] / count);
      }
      return logs;
    }
  }
}
