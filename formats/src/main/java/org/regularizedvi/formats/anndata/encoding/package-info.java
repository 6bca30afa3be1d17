/**
 * Knows AnnData's way of laying tables, matrices and values into HDF5, one codec for each
 * encoding-type, with the layouts of anndata 0.6 and 0.7 where they differ, and MuData's of putting
 * several AnnData into one file.
 */
package org.regularizedvi.formats.anndata.encoding;
