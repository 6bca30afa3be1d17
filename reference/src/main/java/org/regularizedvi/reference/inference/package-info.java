/**
 * Answers what users ask of a model with libtorch: numbers go in and come out, tensors stay here.
 */
package org.regularizedvi.reference.inference;
