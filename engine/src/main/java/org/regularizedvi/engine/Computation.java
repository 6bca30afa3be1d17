package org.regularizedvi.engine;

/**
 * Computes what can be asked of a model that an engine has opened, at its parameters as they are.
 * It holds memory of its own until it is closed, before the parameters are.
 */
public interface Computation extends AutoCloseable {
  /**
   * Makes the step that trains the parameters; one at a time, closed before the computation is.
   *
   * @param plan what the steps have in common: optimiser, precision, threads, peers
   * @return the step, which may hold copies of the parameters until they are stored
   */
  TrainingStep trainingStep(StepPlan plan);

  /** {@return the model that was opened} */
  Model model();

  /**
   * Opens what encodes cells.
   *
   * @return the encoder, to be closed before the computation is
   */
  CellEncoder encoder();

  /** {@return what joins the encoders' parts of z} */
  JointLatent jointLatent();

  /**
   * {@return what decodes cells of a modality}
   *
   * @param modality its place in the model
   */
  CellDecoder decoder(int modality);

  /**
   * Opens what differentiates the decoder of a modality.
   *
   * @param modality its place in the model
   * @return the derivatives, to be closed before the computation is
   */
  LatentDerivatives derivatives(int modality);

  /**
   * Opens what passes over cells without gradients.
   *
   * @return the evaluator, to be closed before the computation is
   */
  Evaluator evaluator();

  @Override
  void close();
}
