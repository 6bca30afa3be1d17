/**
 * One update of all parameters: what a step promises, the optimiser, and the step composed of
 * libtorch operations. The fused one is {@code model.fused}.
 */
package org.regularizedvi.engine;
