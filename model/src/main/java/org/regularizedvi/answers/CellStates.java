package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.fused.SparseEncoders;
import org.regularizedvi.cpu.net.Encoder;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.net.NormalPosterior;
import org.regularizedvi.cpu.net.Presence;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * In which states may cells be? Posterior means of z and l, and draws, for one minibatch after
 * another. A draw is a function of seed, sample and cell; the weight of the observed total in l is
 * at its posterior mean throughout.
 */
final class CellStates implements AutoCloseable {
  private final Network network;
  private final CounterRandom random;
  private final SparseEncoders encoders;

  /** For a network whose stored parameters do not change while this is used. */
  CellStates(Network network, CounterRandom random, int threads) {
    this.network = network;
    this.random = random;
    this.encoders = new SparseEncoders(network, threads);
  }

  /**
   * Goes through cells at their posterior means.
   *
   * @param looker gets each minibatch with its z, which lives until it returns
   */
  static void atMeans(
      Network network,
      CounterRandom random,
      Iterable<Minibatch> minibatches,
      BiConsumer<Minibatch, Tensor> looker) {
    try (CellStates states = new CellStates(network, random, Processor.threads())) {
      for (Minibatch minibatch : minibatches) {
        try (PointerScope _ = new PointerScope();
            NoGradGuard _ = new NoGradGuard()) {
          looker.accept(minibatch, states.encode(minibatch).mean().zNK());
        }
      }
    }
  }

  /**
   * A state of each cell.
   *
   * @param zNK of all modalities
   * @param librariesN1 log library sizes, one a modality
   */
  record State(Tensor zNK, List<Tensor> librariesN1) {}

  /** Encodes cells; what it returns belongs to the caller's pointer scope. */
  Encoded encode(Minibatch minibatch) {
    encoders.prepare(minibatch);
    List<NormalPosterior> latents = new ArrayList<>();
    for (Encoder encoder : network.latent().encoders()) {
      latents.add(encoders.posterior(encoder, minibatch));
    }
    List<NormalPosterior> libraries = new ArrayList<>();
    if (!minibatch.covariates().hasSizeFactor()) {
      for (Modality modality : network.modalities()) {
        libraries.add(EncodedCells.library(network, modality, encoders, minibatch));
      }
    }
    return new Encoded(minibatch, latents, libraries);
  }

  /** What the encoders say of some cells. */
  final class Encoded {
    private final Minibatch minibatch;
    private final List<NormalPosterior> latents;
    private final List<NormalPosterior> libraries;
    private final Presence presence;

    private Encoded(
        Minibatch minibatch, List<NormalPosterior> latents, List<NormalPosterior> libraries) {
      this.minibatch = minibatch;
      this.latents = latents;
      this.libraries = libraries;
      this.presence = Presence.of(minibatch);
    }

    /** The posterior means. */
    State mean() {
      List<Tensor> parts = new ArrayList<>();
      for (Encoder encoder : network.latent().encoders()) {
        NormalPosterior q = latents.get(parts.size());
        parts.add(EncodedCells.mean(network, q, minibatch.cells(), random, encoder.index()));
      }
      return new State(
          network.latent().joint(parts, presence),
          libraries.isEmpty() ? given() : libraries.stream().map(NormalPosterior::mean).toList());
    }

    /** A draw from the posterior. */
    State draw(int sample) {
      CounterNoise noise = new CounterNoise(random, sample, minibatch.cells());
      List<Tensor> parts = new ArrayList<>();
      for (Encoder encoder : network.latent().encoders()) {
        Tensor draw =
            latents
                .get(parts.size())
                .sample(noise, Draw.of(Draw.Kind.POSTERIOR_LATENT, encoder.index()));
        parts.add(latent(draw));
      }
      List<Tensor> drawn = new ArrayList<>();
      for (NormalPosterior library : libraries) {
        drawn.add(library.sample(noise, Draw.of(Draw.Kind.POSTERIOR_LIBRARY, drawn.size())));
      }
      return new State(network.latent().joint(parts, presence), drawn.isEmpty() ? given() : drawn);
    }

    /**
     * Draws of z from the posterior for some rows, each the {@link #draw} of a sample of its own.
     *
     * @param rows may hold one several times
     */
    Tensor latentDraws(int[] rows, int[] samples) {
      Tensor index = Tensors.indices(rows);
      List<Tensor> parts = new ArrayList<>();
      for (Encoder encoder : network.latent().encoders()) {
        NormalPosterior q = latents.get(parts.size());
        int columns = (int) q.mean().size(1);
        Draw draw = Draw.of(Draw.Kind.POSTERIOR_LATENT, encoder.index());
        float[] normals = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
          long cell = minibatch.cells()[rows[i]];
          long step = draw.step(samples[i]);
          random.normals(draw.purpose(), step, cell, 0, normals, i * columns, columns);
        }
        Tensor sigma = q.variance().sqrt().index_select(0, index);
        Tensor noise = Tensors.of(normals, rows.length, columns);
        parts.add(latent(q.mean().index_select(0, index).add(sigma.mul(noise))));
      }
      return network.latent().joint(parts, presence.rows(rows));
    }

    /** What the decoder gets of a draw. */
    private Tensor latent(Tensor draw) {
      return network.config().generative().latentDistribution() == LatentDistribution.LN
          ? draw.softmax(1)
          : draw;
    }

    /** The size factor in place of the library size. */
    private List<Tensor> given() {
      Tensor factor = Tensors.of(minibatch.covariates().logSizeFactor(), minibatch.size(), 1);
      return network.modalities().stream().map(_ -> factor).toList();
    }
  }

  @Override
  public void close() {
    encoders.close();
  }
}
