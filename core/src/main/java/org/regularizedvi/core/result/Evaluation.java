package org.regularizedvi.core.result;

/**
 * How well a model explains a set of cells, in nats a cell, lower is better.
 *
 * @param elbo the sum of the three terms, the negative evidence lower bound as scvi-tools prints it
 * @param reconstruction negative log-likelihood of the counts
 * @param klZ divergence of q(z|x) from its prior
 * @param klL divergence of q(l|x) from its prior; 0 with a size factor
 * @param nCells cells evaluated
 * @param reconstructionOf what each modality adds to {@code reconstruction}
 */
public record Evaluation(
    double elbo,
    double reconstruction,
    double klZ,
    double klL,
    int nCells,
    LatentUse latent,
    double[] reconstructionOf) {}
