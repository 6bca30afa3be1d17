/** Products of a sparse minibatch with a dense matrix, from the nonzeros only. */
package org.regularizedvi.kernel.sparse;
