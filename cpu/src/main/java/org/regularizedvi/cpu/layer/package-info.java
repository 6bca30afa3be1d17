/**
 * Layers of the networks: each computes in place on rows of a minibatch and takes its derivatives
 * there, forward and backward side by side.
 *
 * <p>Rows are cells, columns units. A call with rows {@code [from, to)} touches these rows alone,
 * so blocks of rows run side by side; what sums over rows (the gradients of weights) is a call of
 * its own over all of them.
 */
package org.regularizedvi.cpu.layer;
