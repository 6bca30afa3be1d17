package org.regularizedvi.core.data;

import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;

/**
 * Holds measured profiles of ambient RNA.
 *
 * @param shares by the name of a modality ("" for a single one) the share of each of its features
 *     in each category of the ambient key, features x categories; each category adds up to 1
 */
public record AmbientProfiles(Map<String, FloatMatrix> shares) {
  /** Keeps a copy, which nobody can change. */
  public AmbientProfiles {
    shares = Map.copyOf(shares);
  }

  /** {@return no profiles} */
  public static AmbientProfiles none() {
    return new AmbientProfiles(Map.of());
  }

  /**
   * {@return the profiles of one modality, where they were measured}
   *
   * @param modality its name
   */
  public Optional<FloatMatrix> of(String modality) {
    return Optional.ofNullable(shares.get(modality));
  }
}
