/**
 * Declares the terms of the model and of the loss, each once and without tensors: what it is called
 * in files, its stored parameters and how they start, its prior, and what users read out of it. The
 * differentiable counterpart of a term is in {@code cpu.objective}.
 */
package org.regularizedvi.core.term;
