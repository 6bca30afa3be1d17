/**
 * Shows cells as others see them: features under other names, and some of the cells alone. What a
 * run adds goes back to all that the file has.
 */
package org.regularizedvi.cells.view;
