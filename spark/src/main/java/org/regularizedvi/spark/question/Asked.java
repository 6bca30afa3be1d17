package org.regularizedvi.spark.question;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Is a question as text, in which form it goes to other processes.
 *
 * @param kind which question
 * @param options its options
 */
public record Asked(Kind kind, OptionTexts options) implements Serializable {
  /** Says which questions there are. */
  public enum Kind {
    /** The latent representation. */
    EMBED(EmbedQuestion::new),
    /** Denoised expression. */
    EXPRESSION(ExpressionQuestion::new),
    /** Counts without their ambient part. */
    CORRECT(CorrectQuestion::new);

    private final transient Supplier<Question> question;

    Kind(Supplier<Question> question) {
      this.question = question;
    }

    /** {@return such a question, whose options are yet to be given} */
    public Question question() {
      return question.get();
    }
  }

  /**
   * {@return the question}
   *
   * @throws org.regularizedvi.input.InputException when an option does not fit
   */
  public Question question() {
    return options.read(kind.question());
  }
}
