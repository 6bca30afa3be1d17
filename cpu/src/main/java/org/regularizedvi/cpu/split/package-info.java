/**
 * Genes dealt out among workers: which have which, and sums over all genes that have the same bits
 * whatever their number.
 *
 * <p>Axes: cells N, hidden units H.
 */
package org.regularizedvi.cpu.split;
