/** AnnData files (.h5ad): read, written, copied with additions. */
package org.regularizedvi.formats.anndata;
