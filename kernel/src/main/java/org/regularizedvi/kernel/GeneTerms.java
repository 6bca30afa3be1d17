package org.regularizedvi.kernel;

/**
 * Parameters of the genes for one group of cells; tile column j is element offset + j of each
 * array.
 *
 * @param background s; an empty array means none (0)
 * @param scaling y; an empty array means none (1)
 * @param logTheta m, the mean of log theta
 * @param sigma spread of log theta, exp(logSigma); an empty array is allowed without noise
 * @param offset element of column 0
 */
public record GeneTerms(
    float[] background, float[] scaling, float[] logTheta, float[] sigma, int offset) {}
