package org.regularizedvi.kernel;

/**
 * Parameters of the genes for one group of cells. Column j of a tile has element offset + j of each
 * array.
 *
 * @param background s, the background; an empty array stands for none (0)
 * @param scaling y, the scaling factor; an empty array stands for none (1)
 * @param logTheta m, the mean of log theta
 * @param sigma the standard deviation of log theta, exp(logSigma); it may be empty where the plan
 *     has no noise
 * @param offset the element that belongs to column 0
 */
public record GeneTerms(
    float[] background, float[] scaling, float[] logTheta, float[] sigma, int offset) {}
