/** Sums over the counts of a data set that start values need, from one pass over the nonzeros. */
package org.regularizedvi.core.counts;
