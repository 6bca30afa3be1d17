/** Reads AnnData files (.h5ad), writes them, and copies them with additions. */
package org.regularizedvi.formats.anndata;
