package org.regularizedvi.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers what is wrong with an input, so that a user hears of everything at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Does a part of the reading; what is wrong with it is noted, and the part is then missing. */
  public <T> Optional<T> in(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (InputException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Checks something; what is wrong with it is noted. */
  public void in(Runnable check) {
    in(
        () -> {
          check.run();
          return true;
        });
  }

  public boolean any() {
    return !found.isEmpty();
  }

  /**
   * Ends the gathering.
   *
   * @throws InputException when anything was wrong
   */
  public void requireNone() {
    if (any()) {
      throw InputException.of(found);
    }
  }
}
