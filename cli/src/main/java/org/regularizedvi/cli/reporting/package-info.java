/** From a model and a file of cells to the records of a report, and from these to files. */
package org.regularizedvi.cli.reporting;
