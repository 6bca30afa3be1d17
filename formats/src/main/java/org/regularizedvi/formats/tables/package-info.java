/** Writes matrices as tables for other programs: CSV and Parquet. */
package org.regularizedvi.formats.tables;
