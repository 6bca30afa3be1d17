/**
 * The fast training step: the first encoder layer from the nonzeros, the decoder's head in tiles of
 * genes, never a matrix of cells x genes.
 *
 * <p>It computes the loss that {@code cpu.objective} defines, with the same noise, and implements
 * the same three interfaces of {@code Elbo}. libtorch does the products of a tile, one thread each,
 * and everything between the first layer and the decoder's last hidden layer. Work is cut into
 * pieces whose size and order of sums do not depend on the number of threads, so neither do the
 * bits of the result.
 */
package org.regularizedvi.cpu.fused;
