package org.regularizedvi.cpu.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.cpu.sparse.EncoderCounts;
import org.regularizedvi.cpu.sparse.MinibatchCounts;
import org.regularizedvi.cpu.sparse.TileShare;
import org.regularizedvi.cpu.sparse.TiledCounts;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.work.Workers;

/** Holds a minibatch's counts of all modalities, as the heads and the encoders read them. */
final class NetworkCounts {
  /** Places of the encoders among those that share the pass over a modality's counts. */
  private static final int LATENT = 0;

  private static final int LIBRARY = 1;

  private static final int SCALES = 2;

  private final Workers workers;
  private final List<MinibatchCounts> modalities = new ArrayList<>();

  /**
   * Makes room for no counts yet.
   *
   * @param spec the model
   * @param withLikelihood whether anybody asks for {@link #likelihood}
   * @param split which genes are whose: nobody asks for others' genes
   */
  NetworkCounts(NetworkSpec spec, boolean withLikelihood, Split split) {
    this.workers = split.workers();
    for (ModalitySpec modality : spec.modalities()) {
      TileShare share = TileShare.of(modality.features(), split.rank(), split.ranks());
      modalities.add(
          new MinibatchCounts(
              share.tiles(),
              Optional.of(share.likelihoods()).filter(_ -> withLikelihood),
              share.encoded(),
              dropouts(spec, modality),
              workers));
    }
  }

  /**
   * {@return how the encoders of a modality's counts drop some of them, in the order of their
   * places}
   */
  private static List<Optional<InputDropout>> dropouts(NetworkSpec spec, ModalitySpec modality) {
    int index = modality.index();
    EncoderShape latent =
        EncoderShape.ofLatents(spec).stream()
            .filter(shape -> shape.modalities().contains(index))
            .findFirst()
            .orElseThrow();
    Optional<EncoderShape> scales = LatentShrinkage.of(modality).map(EncoderShape::ofScales);
    return Stream.concat(Stream.of(latent, EncoderShape.ofLibrary(modality)), scales.stream())
        .map(shape -> shape.inputDropout(shape.parts().get(shape.modalities().indexOf(index))))
        .toList();
  }

  /** Cuts the counts of a minibatch into tiles, thinned by input dropout in training. */
  void fill(Minibatch minibatch, Optional<Noise> training) {
    for (int m = 0; m < modalities.size(); m++) {
      modalities
          .get(m)
          .fill(minibatch.counts().get(m), minibatch.before().get(m), training, workers);
    }
  }

  /** {@return a modality's counts in tiles of genes} */
  TiledCounts likelihood(int modality) {
    return modalities.get(modality).likelihood();
  }

  /** {@return the counts as an encoder sees them, by modality that it sees} */
  List<EncoderCounts> of(EncoderShape encoder) {
    int place =
        switch (encoder.dropout()) {
          case LATENT_DROPOUT -> LATENT;
          case LIBRARY_DROPOUT -> LIBRARY;
          default -> SCALES;
        };
    return encoder.modalities().stream().map(m -> modalities.get(m).encoder(place)).toList();
  }
}
