/**
 * Shows people what came out of a run: records of results become figures, tables and judgements,
 * and these become one page, image files, and numbers for pipelines. Nothing here knows tensors,
 * files of cells or the command line.
 */
package org.regularizedvi.report;
