package org.regularizedvi.reference.net;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.reference.torch.Tensors;

/** Makes tensors of ones and zeros that say which cells have which modalities. */
public final class Masks {
  private Masks() {}

  /**
   * {@return the values of cells, N or N x K, with zeros for the cells that lack something}
   *
   * @param values N or N x K
   * @param present whether each cell has what the values are about
   */
  public static Tensor masked(Tensor values, boolean[] present) {
    for (boolean here : present) {
      if (!here) {
        long[] shape = values.dim() == 1 ? new long[] {present.length} : new long[] {-1, 1};
        return values.mul(column(present).view(shape));
      }
    }
    return values;
  }

  private static Tensor column(boolean[] present) {
    float[] ones = new float[present.length];
    for (int n = 0; n < ones.length; n++) {
      ones[n] = present[n] ? 1 : 0;
    }
    return Tensors.of(ones, ones.length);
  }

  /** {@return a one for each modality that a cell has, N x M; for a cell without any all count} */
  static Tensor matrix(Presence presence) {
    int modalities = presence.cells().size();
    int size = presence.size();
    float[] ones = new float[size * modalities];
    for (int n = 0; n < size; n++) {
      boolean none = true;
      for (boolean[] has : presence.cells()) {
        none &= !has[n];
      }
      for (int m = 0; m < modalities; m++) {
        ones[n * modalities + m] = none || presence.cells().get(m)[n] ? 1 : 0;
      }
    }
    return Tensors.of(ones, size, modalities);
  }
}
