/** The cells that a model is trained on or asked about, in the order of its features. */
package org.regularizedvi.core.data;
