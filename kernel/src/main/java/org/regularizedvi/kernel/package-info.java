/**
 * Computes the Gamma-Poisson likelihood of the counts in a tile of cells x genes, its value and all
 * its gradients in one pass.
 *
 * <p>Callers use {@link org.regularizedvi.kernel.CountLikelihood}. A call covers a run of cells of
 * one group in one tile of genes; {@link org.regularizedvi.kernel.Plan} says what is computed, and
 * the other records hold inputs and results. Inside, {@code PieceRunner} walks rows in pieces of
 * 512 genes that stay in the first-level cache and calls the loops of {@code RowLoops}, of which
 * there is a scalar and a vector implementation with the same bits.
 *
 * <p>Symbols: cell n, gene g, logits a, l = log library size, s background, y scaling, m and sigma
 * the mean and spread of log theta, eps standard normal noise, x counts.
 *
 * <pre>
 *   rho = softplus(a), or exp(a - lse_n)        mu = exp(l_n) (rho + s) y
 *   theta = exp(m + sigma eps)                  x ~ GammaPoisson(theta, theta / mu)
 * </pre>
 */
package org.regularizedvi.kernel;
