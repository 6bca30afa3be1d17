/**
 * The only place that knows libhdf5: C functions called through {@code java.lang.foreign}, behind
 * one process-wide lock, and on top of them files, datasets and attributes as Java arrays.
 */
package org.regularizedvi.formats.hdf5;
