package org.regularizedvi.answers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CellGroups;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.differential.Contrast;
import org.regularizedvi.core.differential.CountSums;

/**
 * Sums the counts of groups of cells in a modality, over those cells that have it, and remembers
 * which cells those are.
 */
final class GroupCounts {
  private final int modality;
  private final CellGroups groups;
  private final boolean[] present;
  private final SequencedMap<Integer, CountSums> named = new LinkedHashMap<>();
  private final CountSums all;

  /**
   * Counts for comparisons of groups.
   *
   * @param contrasts of the same groups, of which only those that they name are counted
   */
  GroupCounts(int modality, int features, List<Contrast> contrasts) {
    this.modality = modality;
    this.groups = contrasts.getFirst().groups();
    this.present = new boolean[groups.codes().length];
    for (Contrast contrast : contrasts) {
      named.computeIfAbsent(contrast.first(), _ -> new CountSums(features));
      contrast.second().ifPresent(g -> named.computeIfAbsent(g, _ -> new CountSums(features)));
    }
    all = new CountSums(features);
  }

  void add(Minibatch minibatch) {
    boolean[] here = minibatch.present(modality);
    double[] totals = minibatch.totals().get(modality);
    for (int n = 0; n < here.length; n++) {
      int cell = minibatch.cells()[n];
      present[cell] = here[n];
      if (here[n]) {
        SparseRows counts = minibatch.counts().get(modality);
        all.add(counts, n, totals[n]);
        CountSums own = named.get(groups.codes()[cell]);
        if (own != null) {
          own.add(counts, n, totals[n]);
        }
      }
    }
  }

  boolean has(int cell) {
    return present[cell];
  }

  CountSums first(Contrast contrast) {
    return named.get(contrast.first());
  }

  /**
   * {@return the sums of the second group, or of the rest: the same bits whatever else is compared}
   */
  CountSums second(Contrast contrast) {
    return contrast.second().isPresent()
        ? named.get(contrast.second().getAsInt())
        : all.without(first(contrast));
  }
}
