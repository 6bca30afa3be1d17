/**
 * In which features do two groups of cells differ? Statistics of samples of expression: arrays in,
 * a table out, no tensors.
 *
 * <p>Sources: Lopez et al. 2018 (Nature Methods 15, mode vanilla); Boyeau et al. 2019 (bioRxiv
 * 794289, mode change). Names, defaults of numbers and arithmetic are those of scvi-tools 1.4.
 */
package org.regularizedvi.core.differential;
