package org.regularizedvi.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers everything that is wrong with an input, so that a user hears of it all at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /**
   * Does a part of the reading. If something is wrong with it, that is noted and the part is
   * missing.
   *
   * @param <T> what is read
   * @param part reads it
   * @return what was read
   */
  public <T> Optional<T> in(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (InputException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
  }

  /**
   * Checks something. If something is wrong with it, that is noted.
   *
   * @param check throws an {@link InputException} for a mistake
   */
  public void in(Runnable check) {
    in(
        () -> {
          check.run();
          return true;
        });
  }

  /** {@return whether anything was wrong so far} */
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
