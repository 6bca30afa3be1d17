/**
 * Draws that are functions of a position, not of a state: any thread may make any of them in any
 * order.
 *
 * <p>{@link org.regularizedvi.kernel.random.CounterRandom} is the only door. Behind it, a scalar
 * and a vector implementation give the same bits.
 */
package org.regularizedvi.kernel.random;
