package org.regularizedvi.cells.store;

/**
 * Says how many bytes of a store are of a modality: its rows, and behind them their index.
 *
 * @param rowBytes how many bytes the rows take
 * @param indexBytes how many bytes the index takes
 * @param indexSum the CRC32C of the index
 */
record Extent(long rowBytes, long indexBytes, int indexSum) {}
