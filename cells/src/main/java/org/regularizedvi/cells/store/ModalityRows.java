package org.regularizedvi.cells.store;

/**
 * Holds what it takes to find the rows of a modality in a store.
 *
 * @param file the store
 * @param facts what it holds of the modality
 * @param index where each row is
 */
record ModalityRows(StoreFile file, StoredModality facts, RowIndex index) {
  /** {@return the number of counts in a row, -1 standing for an empty one} */
  int count(int place) {
    return place < 0 ? 0 : index.counts()[place];
  }
}
