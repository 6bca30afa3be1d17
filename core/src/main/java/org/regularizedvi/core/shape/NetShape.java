package org.regularizedvi.core.shape;

/**
 * Holds the sizes and options of a stack of fully connected layers.
 *
 * @param inputs the number of columns of its input, without one-hot columns
 * @param oneHot the number of one-hot columns that are appended to the input of every layer
 * @param hidden the number of units of every layer
 * @param layers the number of layers
 * @param layerNorm whether layers have layer norm
 * @param batchNorm whether layers have batch norm
 * @param dropoutRate the share that dropout drops, 0 for none
 * @param dropoutOnInput whether dropout acts on a layer's input rather than on its output
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

  /**
   * {@return the number of columns that a layer's weight multiplies}
   *
   * @param layer the place of the layer
   */
  public int fanIn(int layer) {
    return (layer == 0 ? inputs : hidden) + oneHot;
  }

  /**
   * {@return where the linear map stands in its stored layer: behind the dropout when that comes
   * first}
   */
  int linearSlot() {
    return dropoutOnInput ? 1 : 0;
  }

  int batchNormSlot() {
    return linearSlot() + 1;
  }
}
