package org.regularizedvi.core.store;

import java.util.List;
import org.regularizedvi.core.term.ModalityPriors;

/**
 * Holds a modality as it is written and read.
 *
 * @param name the name of the modality, empty in a model of one
 * @param features the names of its features, in the order of the parameters
 * @param priors the priors that come from its data
 * @param dataDigest the SHA-256 of the counts that the model was set up with, in hexadecimal digits
 */
public record StoredModality(
    String name, List<String> features, ModalityPriors priors, String dataDigest) {
  /** Keeps copies, which nobody can change. */
  public StoredModality {
    features = List.copyOf(features);
  }
}
