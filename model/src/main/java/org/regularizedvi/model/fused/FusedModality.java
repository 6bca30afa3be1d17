package org.regularizedvi.model.fused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.model.net.Encoder;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Noise;

/**
 * What is fused of one modality: both encoders' first layers, the head, and the minibatch's counts
 * in tiles.
 */
final class FusedModality implements AutoCloseable {
  final Modality modality;
  final SparseFirstLayer latent;
  final SparseFirstLayer library;
  final TiledCounts counts;
  private final Optional<FusedHead> head;
  private final Workers workers;

  private FusedModality(
      Modality modality,
      GeneTiles tiles,
      boolean trained,
      Optional<FusedHead> head,
      Workers workers) {
    this.modality = modality;
    this.workers = workers;
    this.head = head;
    latent =
        new SparseFirstLayer(
            modality.latentEncoder(), 0, tiles, modality.parameters(), trained, workers);
    library =
        new SparseFirstLayer(
            modality.libraryEncoder(), 1, tiles, modality.parameters(), trained, workers);
    counts = new TiledCounts(tiles, 2);
  }

  static FusedModality whole(
      Modality modality, ElementType type, boolean trained, Workers workers) {
    GeneTiles tiles = GeneTiles.of(modality.spec().features());
    FusedHead head = new FusedHead(modality, tiles, type, trained, workers);
    return new FusedModality(modality, tiles, trained, Optional.of(head), workers);
  }

  static FusedModality encodersOnly(Modality modality, Workers workers) {
    GeneTiles tiles = GeneTiles.of(modality.spec().features());
    return new FusedModality(modality, tiles, false, Optional.empty(), workers);
  }

  FusedHead head() {
    return head.orElseThrow();
  }

  /** Cuts the minibatch's counts into tiles, thinned by input dropout in training. */
  void prepare(Minibatch minibatch, Optional<Noise> training) {
    counts.fill(
        minibatch.counts().get(modality.spec().index()),
        List.of(modality.latentEncoder().inputDropout(), modality.libraryEncoder().inputDropout()),
        training,
        training.isPresent(),
        workers);
  }

  /**
   * The sums over counts of the last first layer that ran, one each: leaves whose gradients the
   * backward pass needs.
   */
  record FirstSums(SparseFirstLayer layer, Tensor sumsNH) {}

  FirstSums sums(Encoder encoder) {
    SparseFirstLayer layer = encoder == modality.latentEncoder() ? latent : library;
    return new FirstSums(layer, layer.forward(counts, workers));
  }

  /** Adds what is not counts: bias, continuous covariates, one-hot columns. */
  Tensor complete(
      Encoder encoder,
      FirstSums first,
      Covariates covariates,
      Tensor oneHot,
      Optional<Noise> training) {
    Tensor bias = modality.parameters().get(encoder.firstBias());
    Tensor sum = first.sumsNH().add(bias);
    if (first.layer().tail().size(1) == 0) {
      return sum;
    }
    Tensor continuous =
        encoder.continuousInput(covariates.size(), covariates.continuous(), training);
    Tensor columns = torch.cat(new TensorVector(continuous, oneHot), 1);
    return sum.add(torch.linear(columns, first.layer().tail(), new TensorOptional()));
  }

  /** Stored names of the parameters whose gradients come in tiles. */
  List<String> tiledNames() {
    return List.of(latent.name(), library.name(), head().name());
  }

  /**
   * The small rest of the first layers' weights, by names of their own: tensors for the ordinary
   * optimiser.
   */
  Map<String, Tensor> tails() {
    Map<String, Tensor> tails = new LinkedHashMap<>();
    for (SparseFirstLayer layer : List.of(latent, library)) {
      if (layer.tail().size(1) > 0) {
        tails.put(layer.name() + " (covariates)", layer.tail());
      }
    }
    return tails;
  }

  /** Copies what training changed into the stored parameters. */
  void store() {
    try (PointerScope _ = new PointerScope()) {
      latent.store();
      library.store();
    }
  }

  @Override
  public void close() {
    latent.close();
    library.close();
    head.ifPresent(FusedHead::close);
  }
}
