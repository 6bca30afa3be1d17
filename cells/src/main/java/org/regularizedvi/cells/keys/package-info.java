/**
 * Says which column of the cell table stands for which technical effect, and the categories found
 * there. A key is a column's name; a purpose is the part of the model that it indexes.
 */
package org.regularizedvi.cells.keys;
