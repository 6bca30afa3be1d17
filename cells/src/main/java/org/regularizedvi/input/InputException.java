package org.regularizedvi.input;

import java.util.List;

/**
 * Tells a user about a mistake: one sentence for each problem, which says what was expected, what
 * was found and where (file, key, cell, gene). The program prints the sentences and exits with code
 * 2; everything else that is thrown is a bug of the program.
 */
public sealed class InputException extends RuntimeException permits MemoryException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * Tells about one problem.
   *
   * @param message one sentence
   */
  public InputException(String message) {
    super(message);
    problems = List.of(message);
  }

  /**
   * Tells about one problem that another exception shows.
   *
   * @param message one sentence
   * @param cause the other exception
   */
  public InputException(String message, Throwable cause) {
    super(message, cause);
    problems = List.of(message);
  }

  private InputException(List<String> problems) {
    super("There are %d problems:\n  %s".formatted(problems.size(), String.join("\n  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /**
   * {@return an exception that tells everything at once that is wrong with an input}
   *
   * @param problems a sentence for each problem
   */
  public static InputException of(List<String> problems) {
    return problems.size() == 1
        ? new InputException(problems.getFirst())
        : new InputException(problems);
  }

  /** {@return a sentence for each problem} */
  public List<String> problems() {
    return problems;
  }
}
