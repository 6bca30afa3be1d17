package org.regularizedvi.formats.prepared;

import org.regularizedvi.cells.Counts;

/**
 * Says what prepared counts of a modality are.
 *
 * @param name the name of the modality, empty for the only one
 * @param cells the number of cells
 * @param features the number of features
 * @param counts the number of counts above zero
 * @param sha256 of the counts: see {@link org.regularizedvi.cells.CountDigest}
 */
record StoredPart(String name, int cells, int features, long counts, String sha256) {
  static StoredPart of(String name, Counts counts) {
    return new StoredPart(
        name, counts.rows(), counts.columns(), counts.nonzeros(), counts.digest());
  }
}
