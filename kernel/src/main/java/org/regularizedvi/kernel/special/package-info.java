/**
 * Special functions: log-gamma, digamma and softplus in double precision, which the tests hold
 * against values of 40 digits, and exp, log, softplus and its derivative of many floats at once.
 */
package org.regularizedvi.kernel.special;
