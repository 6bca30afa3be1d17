/**
 * Holds records of questions to a trained model and of its answers: numbers and names, no tensors.
 */
package org.regularizedvi.core.result;
