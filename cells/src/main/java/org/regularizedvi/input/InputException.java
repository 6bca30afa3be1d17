package org.regularizedvi.input;

import java.util.List;

/**
 * Says that what a user gave cannot be used: one sentence for each problem, with what was expected,
 * what was found and where (file, key, cell, gene). The program prints it and exits with code 2;
 * everything else that is thrown is a bug of ours.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public InputException(String message) {
    super(message);
    problems = List.of(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
    problems = List.of(message);
  }

  private InputException(List<String> problems) {
    super("There are %d problems:\n  %s".formatted(problems.size(), String.join("\n  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** Says everything at once that is wrong with an input. */
  public static InputException of(List<String> problems) {
    return problems.size() == 1
        ? new InputException(problems.getFirst())
        : new InputException(problems);
  }

  /** A sentence each. */
  public List<String> problems() {
    return problems;
  }
}
