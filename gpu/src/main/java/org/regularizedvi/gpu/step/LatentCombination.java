package org.regularizedvi.gpu.step;

import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.gpu.driver.DeviceArena;

/**
 * Joins the parts of z, a draw from each encoder, to the z that all decoders get, and hands the
 * gradient by it back to the parts.
 */
sealed interface LatentCombination permits SideBySide, WeightedMean {
  /** {@return the combination of a model, with room for no cells} */
  static LatentCombination of(NetworkSpec spec, SmallParameters small) {
    return switch (spec.latent().mode()) {
      case CONCATENATION ->
          new SideBySide(
              spec.modalities().stream().mapToInt(own -> own.network().nLatent()).toArray());
      case SINGLE_ENCODER -> new SideBySide(new int[] {spec.jointLatent()});
      case WEIGHTED_MEAN -> new WeightedMean(spec, small);
    };
  }

  void reserve(DeviceArena arena, int rows);

  /** {@return where an encoder's draws are to be left} */
  Rows part(int encoder);

  /** {@return the gradient by an encoder's draws} */
  Rows partGradient(int encoder);

  /** {@return the z that all decoders get, rows without gaps} */
  Rows joint();

  /** {@return where the gradient by it is to be left, rows without gaps} */
  Rows jointGradient();

  /** Adds the launches that join the parts. */
  void join(Frame frame, PresentCells present);

  /** Adds the launches that hand the gradient back, and differentiate what weighs the parts. */
  void split(Frame frame, PresentCells present);
}
