/**
 * Sparse counts of a minibatch, as the likelihood and the encoders' first layers read them, and
 * these first layers: work follows the nonzeros.
 */
package org.regularizedvi.cpu.sparse;
