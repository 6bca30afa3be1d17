package org.regularizedvi.model.net;

import java.util.List;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.schema.Covariates;

/**
 * The cells of one step.
 *
 * @param cells each row's cell in the data set
 * @param counts one matrix a modality, all with the same rows
 */
public record Minibatch(int[] cells, List<SparseRows> counts, Covariates covariates) {
  public int size() {
    return cells.length;
  }
}
