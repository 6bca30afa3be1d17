/**
 * Reads counts as 10x Genomics writes them, read only: {@code .h5} files of Cell Ranger 2 and
 * later, and folders with a matrix.mtx beside the names of its rows and columns.
 */
package org.regularizedvi.formats.tenx;
