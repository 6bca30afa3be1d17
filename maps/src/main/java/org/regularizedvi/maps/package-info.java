/**
 * Neighbours of cells in a latent space, and what is made of them: connectivities, a layout in the
 * plane, clusters, scores of integration. Numbers in, numbers out: no files, no tensors. Whatever
 * the number of threads, the bits are the same.
 */
package org.regularizedvi.maps;
