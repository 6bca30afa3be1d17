package org.regularizedvi.cpu.fused;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.reference.net.Encoder;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;

/**
 * Holds the fused parts of a network: the encoders' first layers, the modalities' heads, and a
 * minibatch's counts in tiles.
 */
final class FusedNetwork implements AutoCloseable {
  /** Places of the encoders among those that share the pass over a modality's counts. */
  private static final int LATENT = 0;

  private static final int LIBRARY = 1;

  private final Network network;
  private final Workers workers;
  private final List<MinibatchCounts> counts = new ArrayList<>();
  private final Map<String, FusedEncoder> encoders = new LinkedHashMap<>();
  private final List<FusedHead> heads = new ArrayList<>();

  private FusedNetwork(Network network, boolean withHeads, boolean trained, Workers workers) {
    this.network = network;
    this.workers = workers;
    for (Modality modality : network.modalities()) {
      GeneTiles tiles = GeneTiles.of(modality.spec().features());
      counts.add(new MinibatchCounts(tiles, withHeads, dropouts(modality), workers));
    }
    for (Encoder encoder : network.latent().encoders()) {
      encoders.put(encoder.firstWeight(), fused(encoder, LATENT, trained));
    }
    for (Modality modality : network.modalities()) {
      encoders.put(
          modality.libraryEncoder().firstWeight(),
          fused(modality.libraryEncoder(), LIBRARY, trained));
    }
  }

  /**
   * {@return the encoders and the heads of a network}
   *
   * @param type of the products' operands
   * @param trained whether the optimiser's moments are needed
   */
  static FusedNetwork whole(Network network, ElementType type, boolean trained, Workers workers) {
    FusedNetwork fused = new FusedNetwork(network, true, trained, workers);
    for (Modality modality : network.modalities()) {
      GeneTiles tiles = GeneTiles.of(modality.spec().features());
      fused.heads.add(new FusedHead(modality, tiles, type, trained, workers));
    }
    return fused;
  }

  static FusedNetwork encodersOnly(Network network, Workers workers) {
    return new FusedNetwork(network, false, false, workers);
  }

  private FusedEncoder fused(Encoder encoder, int place, boolean trained) {
    return new FusedEncoder(encoder, place, network.parameters(), trained, counts, workers);
  }

  /**
   * {@return how the encoders of a modality's counts drop some of them, in the order of their
   * places}
   */
  private List<Optional<InputDropout>> dropouts(Modality modality) {
    int index = modality.spec().index();
    Encoder latent =
        network.latent().encoders().stream()
            .filter(encoder -> encoder.modalities().contains(index))
            .findFirst()
            .orElseThrow();
    return List.of(dropout(latent, index), dropout(modality.libraryEncoder(), index));
  }

  private static Optional<InputDropout> dropout(Encoder encoder, int modality) {
    EncoderPart part = encoder.parts().get(encoder.modalities().indexOf(modality));
    return encoder.inputDropout(part);
  }

  /** Cuts the minibatch's counts into tiles, thinned by input dropout in training. */
  void prepare(Minibatch minibatch, Optional<Noise> training) {
    for (int m = 0; m < counts.size(); m++) {
      counts.get(m).fill(minibatch.counts().get(m), training, workers);
    }
  }

  /** {@return the fused part of an encoder of the network, or of an alias of it} */
  FusedEncoder encoder(Encoder encoder) {
    return encoders.get(encoder.firstWeight());
  }

  List<FusedEncoder> encoders() {
    return List.copyOf(encoders.values());
  }

  FusedHead head(Modality modality) {
    return heads.get(modality.spec().index());
  }

  TiledCounts counts(Modality modality) {
    return counts.get(modality.spec().index()).likelihood();
  }

  /** {@return the stored names of the parameters whose gradients come in tiles} */
  List<String> tiledNames() {
    List<String> names = new ArrayList<>();
    encoders.values().forEach(encoder -> names.add(encoder.name()));
    heads.forEach(head -> names.add(head.name()));
    return names;
  }

  /** {@return the wide weights, by names that no two share} */
  Map<String, TiledMatrix> tiled() {
    Map<String, TiledMatrix> matrices = new LinkedHashMap<>();
    encoders.values().forEach(encoder -> matrices.putAll(encoder.tiled()));
    heads.forEach(head -> matrices.put(head.name(), head.matrix()));
    return matrices;
  }

  /**
   * Brings what is multiplied up to date with the heads' weights, for weights changed elsewhere.
   */
  void refresh() {
    heads.forEach(FusedHead::refresh);
  }

  /** Copies what training changed into the stored parameters. */
  void store() {
    try (PointerScope _ = new PointerScope()) {
      encoders.values().forEach(FusedEncoder::store);
    }
  }

  @Override
  public void close() {
    encoders.values().forEach(FusedEncoder::close);
    heads.forEach(FusedHead::close);
  }
}
