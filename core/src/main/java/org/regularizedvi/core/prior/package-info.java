/**
 * Distributions as values: what is believed before any data, in double precision, without tensors.
 */
package org.regularizedvi.core.prior;
