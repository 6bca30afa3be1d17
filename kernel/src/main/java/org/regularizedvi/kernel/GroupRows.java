package org.regularizedvi.kernel;

/**
 * A run of rows whose cells share the genes' parameters.
 *
 * @param fromRow first row
 * @param toRow row after the last
 */
public record GroupRows(int fromRow, int toRow, GeneTerms terms, GeneGradients gradients) {}
