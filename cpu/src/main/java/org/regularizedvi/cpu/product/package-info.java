/** Products of matrices, by a library that is called through {@code java.lang.foreign}. */
package org.regularizedvi.cpu.product;
