/**
 * Encoders, decoders and their parameters under the names by which models are stored.
 *
 * <p>Axis letters on tensors: N cells of a minibatch, G features (genes), K latent dimensions, H
 * hidden units, D dispersion groups, C categories side by side.
 */
package org.regularizedvi.reference.net;
