/**
 * Joins a model with what is computed from its representation of cells: maps, scores of
 * integration, mixing of groups, and files of simulated cells.
 */
package org.regularizedvi.analysis;
