/**
 * Special functions in double: log-gamma, digamma, softplus. The tests hold them against 40-digit
 * values.
 */
package org.regularizedvi.kernel.special;
