/**
 * Describes the sizes of a model: which networks and tensors it has, under which stored names, and
 * how their entries start.
 */
package org.regularizedvi.core.shape;
