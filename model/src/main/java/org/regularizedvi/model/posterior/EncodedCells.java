package org.regularizedvi.model.posterior;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.data.FloatMatrix;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.Embedding;
import org.regularizedvi.model.config.LatentDistribution;
import org.regularizedvi.model.fused.SparseEncoders;
import org.regularizedvi.model.net.Draw;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.NormalPosterior;
import org.regularizedvi.model.torch.Processor;
import org.regularizedvi.model.torch.Tensors;

/**
 * Where are these cells in the latent space, and how large is their library? Posterior means; for a
 * logistic normal latent the mean of the softmax of {@value #DRAWS} draws.
 */
public final class EncodedCells {
  private static final int DRAWS = 5000;

  private EncodedCells() {}

  /** Encodes cells that come in the order of the result. */
  public static Embedding of(
      Network network, Iterable<Minibatch> minibatches, int cells, CounterRandom random) {
    Modality modality = network.modalities().getFirst();
    int latent = modality.spec().network().nLatent();
    float[] means = new float[cells * latent];
    double[] library = new double[cells];
    int done = 0;
    try (SparseEncoders encoders = new SparseEncoders(network, Processor.threads())) {
      for (Minibatch minibatch : minibatches) {
        try (PointerScope _ = new PointerScope();
            NoGradGuard _ = new NoGradGuard()) {
          encoders.prepare(minibatch);
          float[] z =
              latent(
                  modality,
                  encoders.posterior(network.latent().encoders().getFirst(), minibatch),
                  minibatch.cells(),
                  random);
          System.arraycopy(z, 0, means, done * latent, z.length);
          float[] l =
              minibatch.covariates().hasSizeFactor()
                  ? minibatch.covariates().logSizeFactor()
                  : Tensors.floats(library(network, encoders, minibatch).mean());
          for (int n = 0; n < l.length; n++) {
            library[done + n] = Math.exp(l[n]);
          }
          done += minibatch.size();
        }
      }
    }
    return new Embedding(new FloatMatrix(cells, latent, means), library);
  }

  /** The posterior of l, the weight of the observed total at its mean. */
  private static NormalPosterior library(
      Network network, SparseEncoders encoders, Minibatch minibatch) {
    Modality modality = network.modalities().getFirst();
    NormalPosterior encoded = encoders.posterior(modality.libraryEncoder(), minibatch);
    return modality
        .observedLibrary(network.priors().getFirst().library())
        .map(observed -> observed.shift(encoded, minibatch.counts().getFirst(), observed.mean()))
        .orElse(encoded);
  }

  private static float[] latent(
      Modality modality, NormalPosterior q, int[] cells, CounterRandom random) {
    float[] mean = Tensors.floats(q.mean());
    return modality.spec().generative().latentDistribution() == LatentDistribution.LN
        ? meanOfSoftmax(
            mean, Tensors.floats(q.variance()), modality.spec().network().nLatent(), cells, random)
        : mean;
  }

  private static float[] meanOfSoftmax(
      float[] mean, float[] variance, int latent, int[] cells, CounterRandom random) {
    float[] result = new float[mean.length];
    float[] normals = new float[DRAWS * latent];
    double[] sums = new double[latent];
    double[] draw = new double[latent];
    Draw purpose = Draw.of(Draw.Kind.LATENT_MEAN, 0);
    for (int n = 0; n < cells.length; n++) {
      random.normals(purpose.purpose(), purpose.step(0), cells[n], 0, normals, 0, normals.length);
      Arrays.fill(sums, 0);
      for (int s = 0; s < DRAWS; s++) {
        double total = 0;
        for (int k = 0; k < latent; k++) {
          int at = n * latent + k;
          draw[k] = Math.exp(mean[at] + Math.sqrt(variance[at]) * normals[s * latent + k]);
          total += draw[k];
        }
        for (int k = 0; k < latent; k++) {
          sums[k] += draw[k] / total;
        }
      }
      for (int k = 0; k < latent; k++) {
        result[n * latent + k] = (float) (sums[k] / DRAWS);
      }
    }
    return result;
  }
}
