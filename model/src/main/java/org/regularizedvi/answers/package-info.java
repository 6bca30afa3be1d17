/**
 * Answers questions to a trained model, one class per question. Cells are streamed through the
 * encoders and decoders of an engine, so that memory does not grow with their number.
 */
package org.regularizedvi.answers;
