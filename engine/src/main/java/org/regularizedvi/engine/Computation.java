package org.regularizedvi.engine;

/**
 * A model that an engine has opened: what can be computed of it, at its parameters as they are. It
 * holds memory of its own until it is closed, before the parameters are.
 */
public interface Computation extends AutoCloseable {
  /** Makes the step that trains the parameters; one at a time, closed before the computation is. */
  TrainingStep trainingStep(StepPlan plan);

  /** The model that was opened. */
  Model model();

  /** Opens what encodes cells. */
  CellEncoder encoder();

  /** Returns what joins the encoders' parts of z. */
  JointLatent jointLatent();

  /**
   * Returns what decodes cells of a modality.
   *
   * @param modality its place in the model
   */
  CellDecoder decoder(int modality);

  /**
   * Opens what differentiates the decoder of a modality.
   *
   * @param modality its place in the model
   */
  LatentDerivatives derivatives(int modality);

  /** Opens what passes over cells without gradients. */
  Evaluator evaluator();

  @Override
  void close();
}
