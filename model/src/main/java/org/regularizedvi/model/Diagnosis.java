package org.regularizedvi.model;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What a model makes of a set of cells, beyond how well it explains them.
 *
 * @param libraryObsW posterior mean of the weight of the observed library size; empty without one
 * @param backgroundShare by ambient category the share of its cells' expected counts that the
 *     category's background gives; empty without a background
 * @param featureReconstruction negative log-likelihood of each feature's counts, nats a cell, in
 *     the order of the model's features; present when asked for
 */
public record Diagnosis(
    Evaluation evaluation,
    OptionalDouble libraryObsW,
    SequencedMap<String, Double> backgroundShare,
    Optional<double[]> featureReconstruction) {}
