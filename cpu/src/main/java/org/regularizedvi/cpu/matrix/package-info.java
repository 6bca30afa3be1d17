/** Matrices in native memory, which products, layers and kernels share without copies. */
package org.regularizedvi.cpu.matrix;
