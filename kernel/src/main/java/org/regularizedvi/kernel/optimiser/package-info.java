/** The optimiser's arithmetic over native memory. */
package org.regularizedvi.kernel.optimiser;
