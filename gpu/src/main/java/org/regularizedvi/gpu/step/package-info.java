/**
 * A training step on a card: everything between a minibatch and the next parameters is a list of
 * launches that is made once and repeated. Parameters and moments stay on the card until they are
 * stored.
 *
 * <p>Axis letters: N cells, G genes, H units of a layer, K latent dimensions. Matrices are
 * row-major; those of cells x genes have rows of a multiple of 128, wide weights are genes x units
 * with rows of a multiple of 32, and what pads them is 0.
 */
package org.regularizedvi.gpu.step;
