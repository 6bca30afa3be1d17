/**
 * Random numbers that are functions of a position instead of a generator's state: any thread may
 * draw any of them, in any order.
 *
 * <p>Callers use {@link org.regularizedvi.kernel.random.CounterRandom}, and {@link
 * org.regularizedvi.kernel.random.CountDraw} to draw counts. Behind the former, a scalar and a
 * vector implementation give the same bits.
 */
package org.regularizedvi.kernel.random;
