/**
 * The decoder's head: from its last hidden layer to the likelihood of the counts and back, tile of
 * genes by tile, so that no matrix of cells x genes exists.
 */
package org.regularizedvi.cpu.head;
