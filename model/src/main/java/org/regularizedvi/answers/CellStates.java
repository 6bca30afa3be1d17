package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.LatentEncoder;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.JointLatent;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Gives the states that cells may be in: posterior means of z and l, and draws, for one minibatch
 * after another. A draw is a function of seed, sample and cell; the weight of the observed total in
 * l is at its posterior mean throughout.
 */
final class CellStates implements AutoCloseable {
  private final NetworkSpec spec;
  private final CounterRandom random;
  private final CellEncoder encoder;
  private final JointLatent jointLatent;

  /** Makes the states of a model whose stored parameters do not change while they are used. */
  CellStates(Computation computation, CounterRandom random) {
    this.spec = computation.model().spec();
    this.random = random;
    this.encoder = computation.encoder();
    this.jointLatent = computation.jointLatent();
  }

  /**
   * Goes through cells at their posterior means.
   *
   * @param looker gets each minibatch with its means
   */
  static void atMeans(
      Computation computation,
      CounterRandom random,
      Iterable<Minibatch> minibatches,
      BiConsumer<Minibatch, CellState> looker) {
    try (CellStates states = new CellStates(computation, random)) {
      for (Minibatch minibatch : minibatches) {
        looker.accept(minibatch, states.encode(minibatch).mean());
      }
    }
  }

  Encoded encode(Minibatch minibatch) {
    return new Encoded(minibatch, encoder.encode(minibatch));
  }

  private boolean logisticNormal() {
    return spec.config().generative().latentDistribution() == LatentDistribution.LN;
  }

  /** Holds the distributions that the encoders give for some cells. */
  final class Encoded {
    private final Minibatch minibatch;
    private final Posteriors posteriors;
    private final Presence presence;

    private Encoded(Minibatch minibatch, Posteriors posteriors) {
      this.minibatch = minibatch;
      this.posteriors = posteriors;
      this.presence = Presence.of(minibatch);
    }

    /** {@return which of the cells have which modalities} */
    Presence presence() {
      return presence;
    }

    /** {@return the posterior mean of each encoder's part of z} */
    List<FloatMatrix> latentMeans() {
      List<FloatMatrix> means = new ArrayList<>();
      for (LatentEncoder own : spec.latentEncoders()) {
        Posterior q = posteriors.latents().get(means.size());
        Draw draw = Draw.of(Draw.Kind.LATENT_MEAN, own.index());
        means.add(
            logisticNormal() ? LogisticNormal.mean(q, draw, minibatch.cells(), random) : q.mean());
      }
      return means;
    }

    /**
     * {@return the posterior mean of each modality's log library size, or the log of the size
     * factor in its place}
     */
    List<float[]> libraryMeans() {
      return posteriors.libraries().isEmpty()
          ? given()
          : posteriors.libraries().stream().map(q -> q.mean().values()).toList();
    }

    /**
     * Joins the encoders' parts of z, one mean or draw of each.
     *
     * @return cells x dimensions of the z that all decoders get
     */
    FloatMatrix joint(List<FloatMatrix> partsNK) {
      return jointLatent.of(partsNK, presence);
    }

    /** {@return the weight of each modality in z; empty where nothing is weighed} */
    Optional<FloatMatrix> weights(List<FloatMatrix> partsNK) {
      return jointLatent.weights(partsNK, presence);
    }

    /** {@return the posterior means} */
    CellState mean() {
      return new CellState(joint(latentMeans()), libraryMeans());
    }

    /** {@return a draw from the posterior} */
    CellState draw(int sample) {
      int[] rows = IntStream.range(0, minibatch.size()).toArray();
      int[] samples = new int[rows.length];
      Arrays.fill(samples, sample);
      CounterNoise noise = new CounterNoise(random, sample, minibatch.cells());
      List<float[]> libraries = new ArrayList<>();
      for (Posterior q : posteriors.libraries()) {
        Draw draw = Draw.of(Draw.Kind.POSTERIOR_LIBRARY, libraries.size());
        libraries.add(q.sample(noise, draw).values());
      }
      return new CellState(latentDraws(rows, samples), libraries.isEmpty() ? given() : libraries);
    }

    /**
     * {@return draws of z from the posterior for some rows, each the {@link #draw} of a sample of
     * its own}
     *
     * @param rows may hold one several times
     */
    FloatMatrix latentDraws(int[] rows, int[] samples) {
      List<FloatMatrix> parts = new ArrayList<>();
      for (LatentEncoder own : spec.latentEncoders()) {
        Posterior q = posteriors.latents().get(parts.size());
        FloatMatrix draws =
            draws(q, Draw.of(Draw.Kind.POSTERIOR_LATENT, own.index()), rows, samples);
        parts.add(logisticNormal() ? jointLatent.softmax(draws) : draws);
      }
      return jointLatent.of(parts, presence.rows(rows));
    }

    private FloatMatrix draws(Posterior q, Draw draw, int[] rows, int[] samples) {
      int columns = q.mean().columns();
      float[] values = new float[Math.multiplyExact(rows.length, columns)];
      float[] normals = new float[columns];
      for (int i = 0; i < rows.length; i++) {
        long cell = minibatch.cells()[rows[i]];
        random.normals(draw.purpose(), draw.step(samples[i]), cell, 0, normals, 0, columns);
        for (int k = 0; k < columns; k++) {
          values[i * columns + k] = q.draw(rows[i] * columns + k, normals[k]);
        }
      }
      return new FloatMatrix(rows.length, columns, values);
    }

    /**
     * {@return the logarithm of the size factor, once per modality, in place of the library size}
     */
    private List<float[]> given() {
      return Collections.nCopies(spec.modalities().size(), minibatch.covariates().logSizeFactor());
    }
  }

  @Override
  public void close() {
    encoder.close();
  }
}
