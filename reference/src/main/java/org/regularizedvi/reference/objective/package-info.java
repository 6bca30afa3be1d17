/**
 * The loss as types: what is summed over cells, what is shared by all of them, and the one rule
 * that joins the two.
 *
 * <p>Axis letters on tensors: N cells of a minibatch, G features (genes), K latent dimensions, H
 * hidden units, D dispersion groups, C categories side by side.
 */
package org.regularizedvi.reference.objective;
