package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.cpu.fused.SparseEncoders;
import org.regularizedvi.cpu.net.Encoder;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.net.NormalPosterior;
import org.regularizedvi.cpu.net.Presence;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Where are these cells in the latent space, and how large is their library? Posterior means; for a
 * logistic normal latent the mean of the softmax of {@value #DRAWS} draws.
 */
public final class EncodedCells {
  private static final int DRAWS = 5000;

  private EncodedCells() {}

  /**
   * Encodes cells that come in the order of the result.
   *
   * @param names of the modalities
   */
  public static Embedding of(
      Network network,
      List<String> names,
      Iterable<Minibatch> minibatches,
      int cells,
      CounterRandom random) {
    // The part of one encoder is the whole, or no modality's own.
    int encoderCount = network.latent().encoders().size();
    List<Rows> parts = new ArrayList<>();
    for (int e = 0; encoderCount > 1 && e < encoderCount; e++) {
      parts.add(new Rows(cells));
    }
    List<Rows> libraries = new ArrayList<>();
    network.modalities().forEach(_ -> libraries.add(new Rows(cells)));
    Rows joint = new Rows(cells);
    Rows weights = new Rows(cells);
    try (SparseEncoders encoders = new SparseEncoders(network, Processor.threads())) {
      for (Minibatch minibatch : minibatches) {
        try (PointerScope _ = new PointerScope();
            NoGradGuard _ = new NoGradGuard()) {
          encoders.prepare(minibatch);
          Presence presence = Presence.of(minibatch);
          List<Tensor> means = new ArrayList<>();
          for (Encoder encoder : network.latent().encoders()) {
            NormalPosterior q = encoders.posterior(encoder, minibatch);
            Tensor mean = mean(network, q, minibatch.cells(), random, encoder.index());
            if (!parts.isEmpty()) {
              parts.get(means.size()).add(mean, presence.any(encoder.modalities()));
            }
            means.add(mean);
          }
          boolean[] all = new boolean[minibatch.size()];
          Arrays.fill(all, true);
          joint.add(network.latent().joint(means, presence), all);
          network.latent().weights(means, presence).ifPresent(w -> weights.add(w, all));
          for (Modality modality : network.modalities()) {
            int index = modality.spec().index();
            Tensor libraryN1 =
                minibatch.covariates().hasSizeFactor()
                    ? Tensors.of(minibatch.covariates().logSizeFactor(), minibatch.size(), 1)
                    : library(network, modality, encoders, minibatch).mean();
            libraries.get(index).add(libraryN1, presence.cells().get(index));
          }
        }
      }
    }
    FloatMatrix whole = joint.matrix();
    List<Embedding.OfModality> modalities = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      Optional<FloatMatrix> own =
          parts.isEmpty()
              ? Optional.of(whole).filter(_ -> names.size() == 1)
              : Optional.of(parts.get(m).matrix());
      modalities.add(
          new Embedding.OfModality(names.get(m), own, libraries.get(m).exp(), weights.column(m)));
    }
    int unpredicted = network.sideBySide() ? lacking(modalities) : 0;
    return new Embedding(whole, modalities, unpredicted);
  }

  /** How many cells lack a modality. */
  private static int lacking(List<Embedding.OfModality> modalities) {
    int cells = modalities.getFirst().librarySize().length;
    return (int)
        IntStream.range(0, cells)
            .filter(n -> modalities.stream().anyMatch(own -> Double.isNaN(own.librarySize()[n])))
            .count();
  }

  /** A matrix that is filled from its first row to its last. */
  private static final class Rows {
    private final int rows;
    private float[] values = new float[0];
    private int columns;
    private int done;

    Rows(int rows) {
      this.rows = rows;
    }

    /** Takes the next rows, NaN for cells that lack something. */
    void add(Tensor some, boolean[] present) {
      columns = (int) some.size(1);
      if (values.length == 0) {
        values = new float[rows * columns];
      }
      float[] next = Tensors.floats(some);
      for (int n = 0; n < present.length; n++) {
        if (!present[n]) {
          Arrays.fill(next, n * columns, (n + 1) * columns, Float.NaN);
        }
      }
      System.arraycopy(next, 0, values, done * columns, next.length);
      done += present.length;
    }

    FloatMatrix matrix() {
      return new FloatMatrix(rows, columns, values);
    }

    /** exp of a single column. */
    double[] exp() {
      double[] exp = new double[rows];
      for (int n = 0; n < rows; n++) {
        exp[n] = Math.exp(values[n]);
      }
      return exp;
    }

    /** One column; empty when nothing was ever added. */
    Optional<double[]> column(int c) {
      if (columns == 0) {
        return Optional.empty();
      }
      double[] column = new double[rows];
      for (int n = 0; n < rows; n++) {
        column[n] = values[n * columns + c];
      }
      return Optional.of(column);
    }
  }

  /** The posterior of l, with the weight of the observed total at its mean. */
  static NormalPosterior library(
      Network network, Modality modality, SparseEncoders encoders, Minibatch minibatch) {
    int index = modality.spec().index();
    NormalPosterior encoded = encoders.posterior(modality.libraryEncoder(), minibatch);
    return modality
        .observedLibrary()
        .map(observed -> observed.shift(encoded, minibatch.totals().get(index), observed.mean()))
        .orElse(encoded);
  }

  static Tensor mean(
      Network network, NormalPosterior q, int[] cells, CounterRandom random, int index) {
    if (network.config().generative().latentDistribution() != LatentDistribution.LN) {
      return q.mean();
    }
    int latent = (int) q.mean().size(1);
    Draw draw = Draw.of(Draw.Kind.LATENT_MEAN, index);
    return Tensors.of(
        meanOfSoftmax(Tensors.floats(q.mean()), Tensors.floats(q.variance()), draw, cells, random),
        cells.length,
        latent);
  }

  private static float[] meanOfSoftmax(
      float[] mean, float[] variance, Draw purpose, int[] cells, CounterRandom random) {
    int latent = mean.length / cells.length;
    float[] result = new float[mean.length];
    float[] normals = new float[DRAWS * latent];
    double[] sums = new double[latent];
    double[] draw = new double[latent];
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
