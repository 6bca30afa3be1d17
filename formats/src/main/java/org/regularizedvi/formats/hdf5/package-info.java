/**
 * Is the only package that knows libhdf5. It calls C functions through {@code java.lang.foreign},
 * behind one lock for the whole process, and offers files, datasets and attributes as Java arrays
 * on top of them.
 */
package org.regularizedvi.formats.hdf5;
