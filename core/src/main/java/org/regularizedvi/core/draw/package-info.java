/**
 * Names what is drawn at random, and gives the random numbers of a step. Every number is a function
 * of its position: seed, step, purpose, cell and column.
 */
package org.regularizedvi.core.draw;
