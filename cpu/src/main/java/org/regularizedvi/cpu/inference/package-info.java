/**
 * What users ask of a model, computed with libtorch: numbers go in and come out, tensors stay here.
 */
package org.regularizedvi.cpu.inference;
