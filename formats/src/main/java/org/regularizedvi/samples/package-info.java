/**
 * Reads several files as one data set: which samples they are, and their cells, features and counts
 * joined, whatever the formats of the files.
 */
package org.regularizedvi.samples;
