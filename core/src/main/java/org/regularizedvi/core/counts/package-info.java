/** Sums that are read off the counts of a data set in one pass. */
package org.regularizedvi.core.counts;
