package org.regularizedvi.engine;

/** Names kinds of questions to a model, so that an engine can say which it answers itself. */
public enum Question {
  /** Where cells are in the latent space, and how large their libraries are. */
  REPRESENTATION,
  /** How well a model explains cells. */
  EVALUATION,
  /** What cells express, and which of their counts are ambient. */
  EXPRESSION,
  /** Everything else: predictions, comparisons, derivatives, likelihoods, reports. */
  OTHER
}
