package org.regularizedvi.model.objective;

import org.bytedeco.pytorch.Tensor;

/**
 * The parts of the loss that belong to parameters all cells share, each a scalar: they count once a
 * data set, never once a minibatch.
 */
public record GlobalTerms(Tensor dispersion, Tensor background, Tensor scaling) {
  Tensor sum() {
    return dispersion.add(background).add(scaling);
  }
}
