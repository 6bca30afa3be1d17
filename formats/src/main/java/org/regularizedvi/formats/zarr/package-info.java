/**
 * Reads and writes Zarr stores, versions 2 and 3 of the format, in a folder or a zip file: groups,
 * arrays and attributes as Java arrays. The formats are those of the <a
 * href="https://zarr-specs.readthedocs.io">Zarr specifications</a> and of their registered
 * extensions; metadata that a store has consolidated is not read, since each object's own holds
 * what is true.
 */
package org.regularizedvi.formats.zarr;
