/**
 * Holds cells and their counts, whatever file they came from: tables of cells and features, counts,
 * and what a run adds to a copy of its input.
 */
package org.regularizedvi.cells;
