package org.regularizedvi.core.shape;

/**
 * Describes the part of an encoder's input that one modality gives: its counts and, right of them,
 * the continuous covariates.
 *
 * @param modality the place among the modalities
 * @param features the number of features G
 * @param firstColumn the column of the encoder's first weight at which the counts begin
 * @param lastColumn the column behind the last of this part
 */
public record EncoderPart(int modality, int features, int firstColumn, int lastColumn) {}
