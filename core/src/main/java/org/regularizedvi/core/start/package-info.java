/**
 * Says what a model starts with: the list of its stored tensors, and what its terms take from the
 * data before training.
 */
package org.regularizedvi.core.start;
