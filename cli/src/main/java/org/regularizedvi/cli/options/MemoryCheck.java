package org.regularizedvi.cli.options;

import java.util.function.Consumer;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RunEstimate;

/** Says what becomes of a training that will probably need more memory than the machine has. */
public enum MemoryCheck {
  /** The training is refused. */
  REFUSE,

  /** The training begins, with a warning. */
  WARN;

  /**
   * Compares the memory that a training needs with what there is.
   *
   * @param estimate of the training
   * @param available bytes of memory that the machine has
   * @param warnings is told, in a sentence, when it is not enough and that is allowed
   * @throws InputException when it is not enough and that is refused, naming the option to insist
   */
  public void check(RunEstimate estimate, long available, Consumer<String> warnings) {
    estimate
        .shortage(available)
        .ifPresent(
            sentence -> {
              if (this == REFUSE) {
                throw new InputException(
                    sentence.replaceFirst(
                        "\\.$", "; " + MemoryOptions.NAME + " trains all the same."));
              }
              warnings.accept(sentence);
            });
  }
}
