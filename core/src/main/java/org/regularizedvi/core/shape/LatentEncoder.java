package org.regularizedvi.core.shape;

import java.util.List;

/**
 * An encoder of z.
 *
 * @param modalities places of the modalities whose counts it sees: its own one, or all
 */
public record LatentEncoder(List<Integer> modalities) {
  public LatentEncoder {
    modalities = List.copyOf(modalities);
    if (modalities.isEmpty()) {
      throw new IllegalArgumentException("An encoder of z sees at least one modality");
    }
  }

  /** The modality that its random draws are named by: the first that it sees. */
  public int index() {
    return modalities.getFirst();
  }
}
