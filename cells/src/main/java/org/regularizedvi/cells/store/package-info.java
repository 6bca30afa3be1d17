/**
 * Counts in a file of about a byte for each, of which any rows are read when they are asked for
 * (DECISIONS/0022).
 *
 * <p>A store is written from its begin to its end: a head ({@link
 * org.regularizedvi.cells.store.StoreFormat}); for each modality its rows ({@link
 * org.regularizedvi.cells.store.RowEncoder}) and, behind them, their index ({@link
 * org.regularizedvi.cells.store.RowIndex}); the table of the modalities ({@link
 * org.regularizedvi.cells.store.StoredModality}); a tail that says where that table is. Numbers are
 * little-endian, but for those of the table. Every byte is of the marks of head and tail, or under
 * a CRC32C: that of its row, of its index or of the table.
 */
package org.regularizedvi.cells.store;
