/**
 * The kernels that run on a card: their names, their code, and how much shared memory they take.
 */
package org.regularizedvi.gpu.code;
