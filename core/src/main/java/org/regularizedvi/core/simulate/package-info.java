/**
 * Draws cells from the generative model itself, and keeps the truth beside the counts.
 *
 * <p>Axis letters on arrays: N cells, G features, T cell types, B batches.
 */
package org.regularizedvi.core.simulate;
