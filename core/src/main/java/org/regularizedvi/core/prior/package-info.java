/**
 * Gives probability distributions as values, in double precision and without tensors: what the
 * model believes before it has seen data.
 */
package org.regularizedvi.core.prior;
