package org.regularizedvi.cpu.head;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;

/**
 * Describes a run of neighbouring rows whose cells have the same categories of everything that
 * genes' parameters are indexed by.
 *
 * @param ambient places among all ambient categories side by side, one per key
 * @param scaling places among all scaling categories side by side; one place 0 when one row serves
 *     all cells
 */
record GroupRun(int fromRow, int toRow, int[] ambient, int[] scaling, int dispersion) {

  /**
   * {@return the runs of a minibatch's rows, in their order}
   *
   * @param present which cells to put into runs
   */
  static List<GroupRun> of(
      Covariates covariates, int[] ambientSizes, int[] scalingSizes, boolean[] present) {
    List<GroupRun> runs = new ArrayList<>();
    int from = 0;
    for (int n = 1; n <= covariates.size(); n++) {
      if (!present[from]) {
        from = n;
      } else if (n == covariates.size() || !present[n] || !covariates.sameGroup(n - 1, n)) {
        int[] scaling = places(covariates.codes(Purpose.FEATURE_SCALING), scalingSizes, from);
        runs.add(
            new GroupRun(
                from,
                n,
                places(covariates.codes(Purpose.AMBIENT), ambientSizes, from),
                scaling.length == 0 ? new int[1] : scaling,
                covariates.codes(Purpose.DISPERSION)[0][from]));
        from = n;
      }
    }
    return runs;
  }

  private static int[] places(int[][] codes, int[] sizes, int cell) {
    int[] places = new int[codes.length];
    int offset = 0;
    for (int k = 0; k < codes.length; k++) {
      places[k] = offset + codes[k][cell];
      offset += sizes[k];
    }
    return places;
  }
}
