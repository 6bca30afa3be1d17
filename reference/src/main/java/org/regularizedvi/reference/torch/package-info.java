/** The narrow door to libtorch: tensors from and to Java arrays, native memory, threads. */
package org.regularizedvi.reference.torch;
