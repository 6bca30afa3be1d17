/**
 * The contract of an engine: everything that is computed of a model on a device, in plain numbers.
 *
 * <p>An {@link org.regularizedvi.engine.Engine}, found by its name, opens a {@link
 * org.regularizedvi.engine.Model}. The {@link org.regularizedvi.engine.Computation} that it gives
 * trains the model by a {@link org.regularizedvi.engine.TrainingStep} and answers questions: it
 * encodes cells ({@link org.regularizedvi.engine.CellEncoder}), joins the encoders' parts of z
 * ({@link org.regularizedvi.engine.JointLatent}), decodes ({@link
 * org.regularizedvi.engine.CellDecoder}), differentiates the decoder ({@link
 * org.regularizedvi.engine.LatentDerivatives}) and passes over cells without gradients ({@link
 * org.regularizedvi.engine.Evaluator}). Engines live in packages of their own, which nothing
 * imports. Several workers train a model together by {@link org.regularizedvi.engine.Peers}.
 *
 * <p>Axis letters on arrays and matrices: N cells, G features, K latent dimensions, C ambient
 * categories. Matrices are row-major. Log library sizes are natural logarithms, losses and
 * divergences are in nats.
 */
package org.regularizedvi.engine;
