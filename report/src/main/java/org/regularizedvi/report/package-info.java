/**
 * What people look at after a run: result records become figures and tables, and these one page,
 * files of their own, and numbers for pipelines. Knows nothing of tensors, files of cells and the
 * command line.
 */
package org.regularizedvi.report;
