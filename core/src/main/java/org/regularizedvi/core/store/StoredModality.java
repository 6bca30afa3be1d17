package org.regularizedvi.core.store;

import java.util.List;
import org.regularizedvi.core.term.ModalityPriors;

/**
 * A modality as it is written and read.
 *
 * @param name empty in a model of a single modality
 * @param dataDigest SHA-256 of the counts it was set up with
 */
public record StoredModality(
    String name, List<String> features, ModalityPriors priors, String dataDigest) {
  public StoredModality {
    features = List.copyOf(features);
  }
}
