package org.regularizedvi.core.shape;

/**
 * What an encoder sees of one modality: its counts and, right of them, the continuous covariates.
 *
 * @param modality place among the modalities
 * @param features number of features G
 * @param firstColumn where the counts begin in the encoder's first weight
 * @param lastColumn behind the last of this part's columns
 */
public record EncoderPart(int modality, int features, int firstColumn, int lastColumn) {}
