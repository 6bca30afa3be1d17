/**
 * Encoders, decoders and what lies between them, computed forward and backward.
 *
 * <p>Axes: cells N, latent dimensions K, modalities M.
 */
package org.regularizedvi.cpu.net;
