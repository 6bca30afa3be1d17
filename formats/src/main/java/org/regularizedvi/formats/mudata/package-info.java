/**
 * Reads and writes MuData files (.h5mu): several modalities of the same cells, each laid out like
 * an AnnData file.
 */
package org.regularizedvi.formats.mudata;
