/** Training: who picks the cells, the loop over epochs, and what decides when it ends. */
package org.regularizedvi.training;
