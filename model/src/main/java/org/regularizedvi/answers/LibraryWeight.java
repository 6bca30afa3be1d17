package org.regularizedvi.answers;

import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.regularizedvi.cpu.net.Modality;

/** How much of the observed log library size does a modality take for the true one? */
public final class LibraryWeight {
  private LibraryWeight() {}

  /** The posterior mean of w; empty when the library encoder gives the whole library size. */
  public static OptionalDouble of(Modality modality) {
    try (PointerScope _ = new PointerScope()) {
      return modality
          .observedLibrary()
          .map(observed -> OptionalDouble.of(observed.mean().item_double()))
          .orElse(OptionalDouble.empty());
    }
  }
}
