/** Benchmarks of the likelihood kernel and of the random numbers it draws. */
package org.regularizedvi.bench.kernel;
