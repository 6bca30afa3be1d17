package org.regularizedvi.answers;

import java.util.Arrays;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Estimates how probable the counts of a cell are: the importance-weighted estimate of log p(x),
 * with the posterior as the proposal (Burda, Grosse and Salakhutdinov 2016):
 *
 * <pre>
 *   log p(x) ~ log mean over draws of  p(x | z, l) p(z) p(l) / (q(z | x) q(l | x))
 * </pre>
 *
 * <p>The estimate is from below on average, and nearer with more draws. Theta is at exp(px_r_mu).
 * Of a cell that lacks a modality the other modalities' counts are asked about.
 */
public final class MarginalLikelihood {
  private MarginalLikelihood() {}

  /**
   * {@return log p(x) of each cell, nats}
   *
   * @param computation the model, opened
   * @param minibatches the cells, in the order of the result
   * @param cells their number
   * @param samples draws of z and l per cell, at least 1
   * @param seed makes the draws
   * @throws InputException when each cell's z has scales of its own
   */
  public static double[] of(
      Computation computation, Iterable<Minibatch> minibatches, int cells, int samples, long seed) {
    if (computation.model().spec().config().latentPrior().horseshoe().on()) {
      throw new InputException(
          "The marginal likelihood is not estimated for models with horseshoe_latent_z_prior_type, whose scales of z it would have to average over; evaluate gives their ELBO.");
    }
    CounterRandom random = new CounterRandom(seed);
    double[] logs = new double[cells];
    int done = 0;
    try (Evaluator evaluator = computation.evaluator()) {
      for (Minibatch minibatch : minibatches) {
        LogMean mean = new LogMean(minibatch.size());
        for (int s = 0; s < samples; s++) {
          // No training run has these steps.
          CounterNoise noise =
              new CounterNoise(random, CounterNoise.EVALUATION - 1 - s, minibatch.cells());
          try (EvaluationPass pass = evaluator.pass(minibatch, noise)) {
            mean.add(logWeights(computation.model(), minibatch, pass, noise));
          }
        }
        System.arraycopy(mean.result(), 0, logs, done, minibatch.size());
        done += minibatch.size();
      }
    }
    return logs;
  }

  private static double[] logWeights(
      Model model, Minibatch minibatch, EvaluationPass pass, CounterNoise noise) {
    double[] logs = Arrays.stream(pass.reconstructionN()).map(nats -> -nats).toArray();
    boolean[] all = new boolean[logs.length];
    Arrays.fill(all, true);
    Posteriors posteriors = pass.posteriors();
    // Decoders see the z of every encoder, also where a cell has nothing for it to encode.
    for (int e = 0; e < posteriors.latents().size(); e++) {
      int encoder = model.spec().latentEncoders().get(e).index();
      Draw draw = Draw.of(Draw.Kind.LATENT, encoder);
      addRatio(logs, posteriors.latents().get(e), noise, draw, STANDARD, all);
    }
    for (int m = 0; m < posteriors.libraries().size(); m++) {
      int[] groups = minibatch.covariates().codes(Purpose.LIBRARY_SIZE)[0];
      addRatio(
          logs,
          posteriors.libraries().get(m),
          noise,
          Draw.of(Draw.Kind.LIBRARY, m),
          new OfGroups(model.priors().get(m).library(), groups),
          minibatch.present(m));
    }
    return logs;
  }

  /** Gives the prior of a cell's draws. */
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
      double[] logs, Posterior q, CounterNoise noise, Draw draw, Prior prior, boolean[] counted) {
    float[] mean = q.mean().values();
    float[] variance = q.variance().values();
    int columns = q.mean().columns();
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

  /** Takes the log of the mean of numbers that come as logs. */
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
