/** Tables for and from other programs: CSV and Parquet. */
package org.regularizedvi.formats.tables;
