/** What joins a model to maps of its cells and to simulated data. */
package org.regularizedvi.analysis;
