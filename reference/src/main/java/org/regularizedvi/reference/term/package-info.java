/**
 * The terms of the model as tensors that libtorch differentiates: each class is the counterpart of
 * the one in {@code core.term} whose name it carries, over the parameters that a network holds.
 *
 * <p>Axis letters on tensors: N cells of a minibatch, G features, K latent dimensions, D dispersion
 * groups, C categories side by side.
 */
package org.regularizedvi.reference.term;
