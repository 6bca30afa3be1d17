package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;

/**
 * Draws of z of chosen cells, gathered while the cells go by in their order: the draw of place i of
 * a list is the cell's sample i.
 */
final class LatentDraws {
  private final CellStates states;
  private final List<float[]> drawn;
  private final int[] starts;

  /** The cell in the upper, the place among all lists' in the lower half; ascending. */
  private final long[] wanted;

  private int done;

  /**
   * Makes room for the draws.
   *
   * @param lists of cells
   * @param latent dimensions of z
   */
  LatentDraws(CellStates states, List<int[]> lists, int latent) {
    this.states = states;
    this.drawn =
        lists.stream().map(cells -> new float[Math.multiplyExact(cells.length, latent)]).toList();
    this.starts = new int[lists.size() + 1];
    for (int l = 0; l < lists.size(); l++) {
      starts[l + 1] = Math.addExact(starts[l], lists.get(l).length);
    }
    this.wanted = new long[starts[lists.size()]];
    for (int l = 0; l < lists.size(); l++) {
      for (int i = 0; i < lists.get(l).length; i++) {
        wanted[starts[l] + i] = (long) lists.get(l)[i] << 32 | starts[l] + i;
      }
    }
    Arrays.sort(wanted);
  }

  void add(Minibatch minibatch) {
    int firstCell = minibatch.cells()[0];
    int end = done;
    while (end < wanted.length && wanted[end] >>> 32 < firstCell + minibatch.size()) {
      end++;
    }
    if (end == done) {
      return;
    }
    int[] rows = new int[end - done];
    int[] places = new int[rows.length];
    int[] samples = new int[rows.length];
    int[] lists = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) (wanted[done + i] >>> 32) - firstCell;
      places[i] = (int) wanted[done + i];
      lists[i] = list(places[i]);
      samples[i] = places[i] - starts[lists[i]];
    }
    done = end;
    FloatMatrix zNK = states.encode(minibatch).latentDraws(rows, samples);
    int latent = zNK.columns();
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(zNK.values(), i * latent, drawn.get(lists[i]), samples[i] * latent, latent);
    }
  }

  private int list(int place) {
    int found = Arrays.binarySearch(starts, place);
    return found >= 0 ? found : -found - 2;
  }

  /** {@return the draws of a list, in its order: N x K} */
  float[] of(int list) {
    return drawn.get(list);
  }
}
