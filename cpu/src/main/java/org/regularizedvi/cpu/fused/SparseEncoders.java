package org.regularizedvi.cpu.fused;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.reference.net.Encoder;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.net.NormalPosteriors;
import org.regularizedvi.reference.term.LibrarySizeTensors;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.SharedScope;

/**
 * Encodes cells outside training, the first layers over the nonzeros: without decoder, likelihood
 * or gradients.
 *
 * <p>A cell's posterior has the same bits whichever cells stand beside it: libtorch multiplies few
 * rows in another order than many, so it always gets as many, on one worker.
 */
public final class SparseEncoders implements CellEncoder {
  private final Network network;
  private final Workers workers;
  private final FusedNetwork fused;

  /**
   * Makes the encoders of a network whose stored parameters do not change while they are used.
   *
   * @param network the networks, which stay the caller's
   * @param threads to compute with, at least 1; no result depends on it
   */
  public SparseEncoders(Network network, int threads) {
    this.network = network;
    workers = new Workers(threads);
    fused = FusedNetwork.encodersOnly(network, workers);
  }

  @Override
  public Posteriors encode(Minibatch minibatch) {
    Minibatch padded = minibatch.padded(RowRange.rowsOfWholes(minibatch.size()));
    return Inference.run(
        () -> {
          fused.prepare(padded, Optional.empty());
          return NormalPosteriors.of(
                  network,
                  minibatch,
                  encoder -> posterior(encoder, padded, minibatch.size()),
                  LibrarySizeTensors.Weight.mean())
              .numbers();
        });
  }

  /**
   * {@return the distribution that one encoder gives for the first rows of the minibatch prepared}
   */
  private NormalPosterior posterior(Encoder encoder, Minibatch padded, int rows) {
    List<Tensor> sums = fused.encoder(encoder).sums();
    List<RowRange> ranges = RowRange.wholes(padded.size());
    NormalPosterior[] blocks = new NormalPosterior[ranges.size()];
    try (SharedScope scope = new SharedScope()) {
      workers.run(
          blocks.length,
          (_, b) -> scope.run(() -> blocks[b] = posterior(encoder, sums, padded, ranges.get(b))));
      return new NormalPosterior(
          joined(blocks, NormalPosterior::mean, rows),
          joined(blocks, NormalPosterior::variance, rows));
    }
  }

  /** {@return the distribution of some rows, on the thread that calls} */
  private NormalPosterior posterior(
      Encoder encoder, List<Tensor> sums, Minibatch padded, RowRange range) {
    try (NoGradGuard _ = new NoGradGuard()) {
      Covariates covariates = padded.covariates().gather(range.rows());
      Tensor oneHot = encoder.oneHot(covariates);
      FusedEncoder first = fused.encoder(encoder);
      List<Tensor> own = sums.stream().map(range::of).toList();
      Tensor firstNH = first.complete(own, first.rest(), covariates, oneHot, Optional.empty());
      return encoder.posterior(firstNH, oneHot, Optional.empty());
    }
  }

  private static Tensor joined(
      NormalPosterior[] blocks, Function<NormalPosterior, Tensor> part, int rows) {
    Tensor[] parts = Arrays.stream(blocks).map(part).toArray(Tensor[]::new);
    return torch.cat(new TensorVector(parts)).narrow(0, 0, rows);
  }

  @Override
  public void close() {
    fused.close();
    workers.close();
  }
}
