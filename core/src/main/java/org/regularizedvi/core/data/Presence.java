package org.regularizedvi.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says which cells of a minibatch have which modalities, that is, have counts in them. In a model
 * of one modality every cell has it.
 *
 * @param cells for each modality whether each cell has it
 */
public record Presence(List<boolean[]> cells) {
  /** Keeps copies, which nobody can change. */
  public Presence {
    cells = List.copyOf(cells);
  }

  /**
   * {@return which cells of a minibatch have which modalities}
   *
   * @param minibatch the cells
   */
  public static Presence of(Minibatch minibatch) {
    return new Presence(
        IntStream.range(0, minibatch.totals().size()).mapToObj(minibatch::present).toList());
  }

  /** {@return the number of cells} */
  public int size() {
    return cells.getFirst().length;
  }

  /**
   * {@return the same for some rows, in the order given}
   *
   * @param rows their places
   */
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

  /**
   * {@return for each cell whether it has at least one of some modalities}
   *
   * @param modalities the places of these modalities
   */
  public boolean[] any(List<Integer> modalities) {
    boolean[] any = new boolean[size()];
    for (int modality : modalities) {
      for (int n = 0; n < any.length; n++) {
        any[n] |= cells.get(modality)[n];
      }
    }
    return any;
  }
}
