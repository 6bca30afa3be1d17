package org.regularizedvi.engine;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.core.config.Precision;

/**
 * Computes models on a kind of device: it is found by its name as a service of this interface, so
 * that an engine is a module that nothing else imports.
 */
public interface Engine {
  /** {@return the name that users choose it by} */
  String name();

  /**
   * {@return its name, and the hardware where that is not the processor, as notes of a training and
   * messages call it}
   */
  String described();

  /** {@return the kind of device that it computes on, as {@code --device} calls it} */
  String device();

  /**
   * {@return how much it wants to be the engine that is taken when several could compute and none
   * is named: the highest is} Zero for an engine that is only ever named.
   */
  int preference();

  /**
   * {@return the questions to a model that it answers itself; others are answered by the engine on
   * processors, so nobody may choose it for them}
   */
  Set<Question> answers();

  /**
   * {@return one sentence that says what it lacks on this machine; empty when it can compute here}
   */
  Optional<String> lack();

  /**
   * Loads its libraries and prepares what takes long the first time, which changes no result: may
   * be called on a thread of its own while data are read.
   */
  void prepare();

  /**
   * {@return the precision in which it multiplies when one is chosen: float32 or bfloat16}
   *
   * @param chosen what the user chose; {@link Precision#AUTO} leaves it to the engine
   * @throws org.regularizedvi.input.InputException when it cannot
   */
  Precision resolve(Precision chosen);

  /**
   * Measures how long one multiplication or addition takes in the products of the decoder's last
   * layer, with one thread of a processor, in seconds.
   *
   * @param precision float32 or bfloat16
   * @return seconds per multiplication or addition; empty where the time of a training cannot be
   *     told from that
   */
  OptionalDouble secondsPerOperation(Precision precision);

  /**
   * {@return the features of a modality whose counts a worker needs for its steps and passes, of
   * several that train one model together; all of them unless an engine says otherwise}
   *
   * @param features the number of the modality's features
   * @param peers the workers
   */
  default FeatureRange needed(int features, Peers peers) {
    return FeatureRange.all(features);
  }

  /**
   * Opens a model, so that it can be trained and asked.
   *
   * @param model its networks, priors and parameters, which stay the caller's
   * @return the model opened, to be closed before its parameters are
   */
  Computation open(Model model);
}
