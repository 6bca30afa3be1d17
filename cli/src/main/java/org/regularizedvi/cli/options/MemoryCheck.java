package org.regularizedvi.cli.options;

import java.util.function.Consumer;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RunEstimate;

/** What becomes of a training that will probably need more memory than the machine has. */
public enum MemoryCheck {
  /** It is refused. */
  REFUSE,

  /** It is warned of. */
  WARN;

  /**
   * Compares what a training needs with what there is.
   *
   * @param available bytes
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
                        "\\.$", "; " + MemoryOption.NAME + " trains all the same."));
              }
              warnings.accept(sentence);
            });
  }
}
