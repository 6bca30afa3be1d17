package org.regularizedvi.cpu.fused;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;

/**
 * Holds what the blocks of a step have in common.
 *
 * @param minibatch this worker's share of the step's cells
 * @param cells number of the step's cells, all workers' together
 * @param sums each encoder's sums over the nonzeros, by the name of its first weight: N x H
 * @param sumGradients where each block leaves its rows of their gradients
 */
record StepCall(
    Minibatch minibatch,
    long cells,
    Noise noise,
    double klWeight,
    Map<String, List<Tensor>> sums,
    Map<String, List<Tensor>> sumGradients) {}
