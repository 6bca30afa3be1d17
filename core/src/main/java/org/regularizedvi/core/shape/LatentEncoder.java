package org.regularizedvi.core.shape;

import java.util.List;

/**
 * Describes an encoder of z.
 *
 * @param modalities the places of the modalities whose counts it sees: its own one, or all
 */
public record LatentEncoder(List<Integer> modalities) {
  /** Keeps copies, which nobody can change. */
  public LatentEncoder {
    modalities = List.copyOf(modalities);
    if (modalities.isEmpty()) {
      throw new IllegalArgumentException("An encoder of z sees at least one modality");
    }
  }

  /** {@return the place of the first modality that it sees, by which its random draws are named} */
  public int index() {
    return modalities.getFirst();
  }
}
