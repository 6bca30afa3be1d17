/**
 * The terms of the loss with their derivatives. Each is the counterpart of the one in {@code
 * core.term} whose name it carries.
 *
 * <p>Axes: cells N, features G, latent dimensions K, dispersion groups D, categories C.
 */
package org.regularizedvi.cpu.term;
