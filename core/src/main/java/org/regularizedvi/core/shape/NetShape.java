package org.regularizedvi.core.shape;

/**
 * A stack of fully connected layers.
 *
 * @param inputs columns of its input, without one-hot columns
 * @param oneHot one-hot columns appended to the input of every layer
 * @param hidden units of every layer
 */
public record NetShape(
    int inputs,
    int oneHot,
    int hidden,
    int layers,
    boolean layerNorm,
    boolean batchNorm,
    double dropoutRate,
    boolean dropoutOnInput) {

  /** Columns that a layer's weight multiplies. */
  public int fanIn(int layer) {
    return (layer == 0 ? inputs : hidden) + oneHot;
  }

  /** Where the linear map stands in its stored layer: behind the dropout when that comes first. */
  int linearSlot() {
    return dropoutOnInput ? 1 : 0;
  }

  int batchNormSlot() {
    return linearSlot() + 1;
  }
}
