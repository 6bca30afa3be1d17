/**
 * Gives a hierarchy of groups, arrays and attributes, as an HDF5 file or a Zarr store holds it: the
 * encodings of AnnData and MuData are read from it, whichever of the two lies beneath.
 */
package org.regularizedvi.formats.hierarchy;
