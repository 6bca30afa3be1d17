/** Reads loom files: a dense matrix of features x cells with attributes of both. */
package org.regularizedvi.formats.loom;
