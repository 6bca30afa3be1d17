package org.regularizedvi.kernel;

/**
 * A run of consecutive rows of a minibatch whose cells share the genes' parameters.
 *
 * @param fromRow the first row
 * @param toRow the row after the last
 * @param terms the parameters that these cells share
 * @param gradients the arrays that take the gradients by these parameters
 */
public record GroupRows(int fromRow, int toRow, GeneTerms terms, GeneGradients gradients) {}
