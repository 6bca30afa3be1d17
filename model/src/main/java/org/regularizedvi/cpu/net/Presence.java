package org.regularizedvi.cpu.net;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * Which cells of a minibatch have which modalities: those in which they have counts. In a model of
 * one modality every cell has it.
 *
 * @param cells for each modality whether each cell has it
 */
public record Presence(List<boolean[]> cells) {
  public static Presence of(Minibatch minibatch) {
    return new Presence(
        IntStream.range(0, minibatch.counts().size()).mapToObj(minibatch::present).toList());
  }

  /** That of some rows, in the order given. */
  public Presence rows(int[] rows) {
    List<boolean[]> some = new ArrayList<>();
    for (boolean[] has : cells) {
      boolean[] own = new boolean[rows.length];
      for (int i = 0; i < rows.length; i++) {
        own[i] = has[rows[i]];
      }
      some.add(own);
    }
    return new Presence(some);
  }

  /** Which cells have at least one of some modalities. */
  public boolean[] any(List<Integer> modalities) {
    boolean[] any = new boolean[cells.getFirst().length];
    for (int modality : modalities) {
      for (int n = 0; n < any.length; n++) {
        any[n] |= cells.get(modality)[n];
      }
    }
    return any;
  }

  /** The values of cells, N or N x K, zero for those that lack something. */
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

  /** One for each modality that a cell has, N x M; for a cell without any all count. */
  Tensor matrix() {
    int modalities = cells.size();
    int size = cells.getFirst().length;
    float[] ones = new float[size * modalities];
    for (int n = 0; n < size; n++) {
      boolean none = true;
      for (boolean[] has : cells) {
        none &= !has[n];
      }
      for (int m = 0; m < modalities; m++) {
        ones[n * modalities + m] = none || cells.get(m)[n] ? 1 : 0;
      }
    }
    return Tensors.of(ones, size, modalities);
  }
}
