/**
 * Tells in which features two groups of cells differ, by statistics of samples of expression.
 * Arrays go in and a table comes out; there are no tensors.
 *
 * <p>Sources: Lopez et al. 2018 (Nature Methods 15, mode vanilla); Boyeau et al. 2019 (bioRxiv
 * 794289, mode change). Names, default numbers and arithmetic are those of scvi-tools 1.4.
 */
package org.regularizedvi.core.differential;
