package org.regularizedvi.core.result;

/**
 * Says how much of the latent space a model uses, over some cells. A dimension is active in a cell
 * when q(z|x) diverges from its prior by more than 0.01 nats there.
 *
 * @param activeDims the number of dimensions active in a cell, mean over cells
 * @param anyActiveDims the number of dimensions active in at least one cell
 * @param klPerDimension the divergence of q(z|x) from its prior in each dimension, nats, mean over
 *     cells
 */
public record LatentUse(double activeDims, int anyActiveDims, double[] klPerDimension) {}
