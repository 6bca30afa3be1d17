package org.regularizedvi.model;

import org.regularizedvi.data.FloatMatrix;

/**
 * What the encoders say of cells.
 *
 * @param latent posterior means, cells x latent dimensions
 * @param librarySize exp of the posterior mean of the log library size, one a cell
 */
public record Embedding(FloatMatrix latent, double[] librarySize) {}
