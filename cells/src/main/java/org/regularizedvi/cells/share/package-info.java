/** Counts of which one of several processes keeps those of some features. */
package org.regularizedvi.cells.share;
