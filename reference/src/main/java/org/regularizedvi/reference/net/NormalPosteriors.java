package org.regularizedvi.reference.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.reference.term.LibrarySizeTensors;
import org.regularizedvi.reference.torch.NormalPosterior;

/**
 * Holds the distributions that a network's encoders give for the cells of a minibatch.
 *
 * @param latents of z before it is scaled, in the order of their encoders
 * @param logScales of the logarithms of the scales of z, in the same order; none where cells have
 *     no scales of their own
 * @param libraries of the log library size, the observed total's part included, one per modality;
 *     none with a size factor
 */
public record NormalPosteriors(
    List<NormalPosterior> latents,
    List<NormalPosterior> logScales,
    List<NormalPosterior> libraries) {
  /**
   * Encodes the cells of a minibatch.
   *
   * @param network the encoders and decoders, with their parameters
   * @param minibatch the cells, with their counts and covariates
   * @param encode gives the distribution of one encoder
   * @param weight gives the weight of the observed total in the library size
   * @return the distributions of z and of the log library size
   */
  public static NormalPosteriors of(
      Network network,
      Minibatch minibatch,
      Function<Encoder, NormalPosterior> encode,
      LibrarySizeTensors.Weight weight) {
    List<NormalPosterior> latents = network.latent().encoders().stream().map(encode).toList();
    List<NormalPosterior> logScales =
        network.modalities().stream()
            .map(Modality::scaleEncoder)
            .flatMap(Optional::stream)
            .map(encode)
            .toList();
    List<NormalPosterior> libraries = new ArrayList<>();
    if (!minibatch.covariates().hasSizeFactor()) {
      for (Modality modality : network.modalities()) {
        int index = modality.spec().index();
        NormalPosterior encoded = encode.apply(modality.libraryEncoder());
        libraries.add(modality.library().posterior(encoded, minibatch.totals().get(index), weight));
      }
    }
    return new NormalPosteriors(latents, logScales, libraries);
  }

  /** {@return the numbers of all distributions, copied} */
  public Posteriors numbers() {
    return new Posteriors(
        latents.stream().map(NormalPosterior::numbers).toList(),
        libraries.stream().map(NormalPosterior::numbers).toList());
  }
}
