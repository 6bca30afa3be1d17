/**
 * Holds the cells that a model is trained on or asked about, with their features in the model's
 * order.
 */
package org.regularizedvi.core.data;
