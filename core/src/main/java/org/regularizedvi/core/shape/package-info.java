/** Which networks and tensors a model has: sizes, stored names, start values. */
package org.regularizedvi.core.shape;
