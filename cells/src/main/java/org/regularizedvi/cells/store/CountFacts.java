package org.regularizedvi.cells.store;

/**
 * Says what there is to say of counts as a whole.
 *
 * @param nonzeros the number of counts above zero
 * @param fractional whether a count is not whole
 * @param rounded how many counts were a hair off whole numbers when they were read
 * @param digest the SHA-256 of the counts: see {@link org.regularizedvi.cells.CountDigest}
 */
record CountFacts(long nonzeros, boolean fractional, long rounded, String digest) {}
