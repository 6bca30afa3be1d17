/**
 * Products of a sparse minibatch with a dense matrix that touch only the counts above zero: the
 * first layer of an encoder and its gradient.
 */
package org.regularizedvi.kernel.sparse;
