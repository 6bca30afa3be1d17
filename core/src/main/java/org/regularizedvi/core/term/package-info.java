/**
 * Declares the terms of the model and of the loss, each once and without tensors: what it is called
 * in files, its stored parameters and how they start, its prior, and what users read out of it.
 * Engines have a counterpart of each term, which computes its value and its derivatives.
 */
package org.regularizedvi.core.term;
