package org.regularizedvi.cpu.layer;

import java.util.Optional;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Holds the last hidden layers of a modality's decoders, or the gradients by them.
 *
 * @param ownNH that of the decoder, N x H
 * @param sizesNH that of the burst size decoder, N x its H, where there is one
 */
public record HiddenLayers(Matrix ownNH, Optional<Matrix> sizesNH) {
  /**
   * {@return the same for some cells}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public HiddenLayers rows(int from, int to) {
    return new HiddenLayers(ownNH.rows(from, to), sizesNH.map(all -> all.rows(from, to)));
  }
}
