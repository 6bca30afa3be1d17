package org.regularizedvi.gpu.step;

/**
 * Holds the parts of a step that all its layers share.
 *
 * @param small the parameters that are not wide
 * @param statistics what batch norm collects
 * @param sources all kinds of draws
 */
record Stores(SmallParameters small, Statistics statistics, NoiseSources sources) {}
