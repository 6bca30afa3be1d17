package org.regularizedvi.model.posterior;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.regularizedvi.data.schema.CellGroups;
import org.regularizedvi.model.differential.CountSums;
import org.regularizedvi.model.net.Minibatch;

/** Which cells have a modality, and what do groups of those count? */
final class GroupCounts {
  private final int modality;
  private final int features;
  private final CellGroups groups;
  private final boolean[] present;
  private final List<CountSums> sums = new ArrayList<>();

  GroupCounts(int modality, int features, CellGroups groups) {
    this.modality = modality;
    this.features = features;
    this.groups = groups;
    this.present = new boolean[groups.codes().length];
    // The last is of the cells of no group.
    for (int group = 0; group <= groups.names().size(); group++) {
      sums.add(new CountSums(features));
    }
  }

  void add(Minibatch minibatch) {
    boolean[] here = minibatch.present(modality);
    double[] totals = minibatch.totals().get(modality);
    for (int n = 0; n < here.length; n++) {
      int cell = minibatch.cells()[n];
      present[cell] = here[n];
      if (here[n]) {
        int group = groups.codes()[cell];
        sums.get(group < 0 ? sums.size() - 1 : group)
            .add(minibatch.counts().get(modality), n, totals[n]);
      }
    }
  }

  boolean has(int cell) {
    return present[cell];
  }

  /** The sums over the groups chosen; -1 is asked for the cells of none. */
  CountSums of(IntPredicate chosen) {
    CountSums all = new CountSums(features);
    for (int group = 0; group < sums.size(); group++) {
      if (chosen.test(group == sums.size() - 1 ? -1 : group)) {
        all.add(sums.get(group));
      }
    }
    return all;
  }
}
