package org.regularizedvi.engine;

import java.util.List;

/**
 * Holds the distributions that the encoders give for the cells of a minibatch.
 *
 * @param latents of z before the softmax of a logistic normal, one per encoder in the order of
 *     {@link org.regularizedvi.core.shape.NetworkSpec#latentEncoders}
 * @param libraries of the log library size, the part that the observed total explains included, one
 *     per modality with a single column; none where a size factor takes the library's place
 */
public record Posteriors(List<Posterior> latents, List<Posterior> libraries) {
  /** Keeps copies of the lists. */
  public Posteriors {
    latents = List.copyOf(latents);
    libraries = List.copyOf(libraries);
  }
}
