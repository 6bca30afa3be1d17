/**
 * The arithmetic of the optimiser over native memory: one step of Adam, the L2 penalty of a weight,
 * and the test whether numbers are finite. Nothing here knows a model.
 */
package org.regularizedvi.kernel.optimiser;
