/** Makes the records of a report from a model and a file of cells, and files from these records. */
package org.regularizedvi.cli.reporting;
