package org.regularizedvi.cpu.fused;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.reference.net.Encoder;
import org.regularizedvi.reference.step.Adam;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Computes the first linear map of an encoder over the nonzeros of the modalities that it sees: one
 * {@link SparseFirstLayer} each, whose results are added up.
 */
final class FusedEncoder implements AutoCloseable {
  private final Encoder encoder;
  private final Tensor bias;
  private final boolean moves;
  private final List<SparseFirstLayer> layers = new ArrayList<>();
  private final int place;
  private final List<MinibatchCounts> counts = new ArrayList<>();
  private final Workers workers;

  /**
   * Makes the fused first layers of an encoder.
   *
   * @param place of this encoder among those of each modality
   * @param trained whether the optimiser's moments are needed
   * @param allCounts one per modality of the model
   */
  FusedEncoder(
      Encoder encoder,
      int place,
      ParameterTensors parameters,
      boolean trained,
      List<MinibatchCounts> allCounts,
      Workers workers) {
    this.encoder = encoder;
    this.place = place;
    this.bias = parameters.get(encoder.firstBias());
    this.moves = parameters.spec(encoder.firstWeight()).movesWhole();
    this.workers = workers;
    for (EncoderPart part : encoder.parts()) {
      GeneTiles tiles = GeneTiles.of(part.features());
      layers.add(new SparseFirstLayer(encoder, part, tiles, parameters, trained, workers));
      counts.add(allCounts.get(part.modality()));
    }
  }

  /** Holds the bias, and the weight's columns behind each modality's counts. */
  record Rest(Tensor bias, List<Tensor> tails) {}

  /** {@return the bias and the tails themselves} */
  Rest rest() {
    return new Rest(bias, layers.stream().map(SparseFirstLayer::tail).toList());
  }

  /** {@return the sums over each modality's nonzeros: N x H} */
  List<Tensor> sums() {
    List<Tensor> sums = new ArrayList<>();
    for (int p = 0; p < layers.size(); p++) {
      sums.add(layers.get(p).forward(counts.get(p).encoder(place), workers));
    }
    return sums;
  }

  /** Adds them up with what is not counts: bias, continuous covariates, one-hot columns. */
  Tensor complete(
      List<Tensor> sumsNH,
      Rest rest,
      Covariates covariates,
      Tensor oneHot,
      Optional<Noise> training) {
    Tensor sum = sumsNH.getFirst();
    for (Tensor more : sumsNH.subList(1, sumsNH.size())) {
      sum = sum.add(more);
    }
    sum = sum.add(rest.bias());
    for (int p = 0; p < layers.size(); p++) {
      Tensor tail = rest.tails().get(p);
      if (tail.size(1) > 0) {
        Tensor columns = encoder.continuousInput(encoder.parts().get(p), covariates, training);
        if (p == layers.size() - 1) {
          columns = torch.cat(new TensorVector(columns, oneHot), 1);
        }
        sum = sum.add(torch.linear(columns, tail, new TensorOptional()));
      }
    }
    return sum;
  }

  /** {@return the matrices in which the gradients of {@link #sums} are to be left: N x H each} */
  List<Tensor> sumGradients(int rows) {
    return layers.stream().map(layer -> layer.gradient(rows)).toList();
  }

  /** Hands the weights' gradients out, from those of the sums; none where nothing would move. */
  void backward(TiledMatrix.Taker taker) {
    for (int p = 0; moves && p < layers.size(); p++) {
      layers.get(p).backward(counts.get(p).encoder(place), taker, workers);
    }
  }

  /** {@return the stored name of the weight whose gradient comes in tiles} */
  String name() {
    return encoder.firstWeight();
  }

  /** {@return the stored name of the first layer's bias} */
  String biasName() {
    return encoder.firstBias();
  }

  /**
   * Gives the small rest of the weight to the ordinary optimiser.
   *
   * @param weight the whole weight
   */
  void addTails(ParameterSpec weight, Adam adam) {
    for (int p = 0; p < layers.size(); p++) {
      Tensor tail = layers.get(p).tail();
      boolean last = p == layers.size() - 1;
      // Where not all of a weight moves, it is one-hot columns, which stand at its end.
      if (tail.size(1) > 0 && (last || weight.part().isEmpty())) {
        int before = Math.toIntExact(weight.shape()[1] - tail.size(1));
        adam.add(
            "%s (covariates %d)".formatted(name(), p),
            tail,
            weight.part().map(some -> some.behind(before)),
            weight.lrMultiplier());
      }
    }
  }

  /** {@return the weight's columns for counts, by names of their own} */
  Map<String, TiledMatrix> tiled() {
    Map<String, TiledMatrix> matrices = new LinkedHashMap<>();
    for (int p = 0; p < layers.size(); p++) {
      matrices.put("%s (counts %d)".formatted(name(), p), layers.get(p).counts());
    }
    return matrices;
  }

  void store() {
    layers.forEach(layer -> layer.store(workers));
  }

  @Override
  public void close() {
    layers.forEach(SparseFirstLayer::close);
  }
}
