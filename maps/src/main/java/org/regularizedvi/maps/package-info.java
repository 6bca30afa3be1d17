/**
 * Neighbours of cells in a latent space, and what is computed from them: connectivities, a layout
 * in the plane, clusters, and scores of integration. Numbers go in and numbers come out; nothing
 * here knows files or tensors. The bits are the same whatever the number of threads.
 */
package org.regularizedvi.maps;
