/**
 * Special functions in double precision: log-gamma, digamma, softplus. The tests hold them against
 * values of 40 digits.
 */
package org.regularizedvi.kernel.special;
