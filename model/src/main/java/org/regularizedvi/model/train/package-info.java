/** Training: the optimiser, the loop over epochs, and what decides when it ends. */
package org.regularizedvi.model.train;
