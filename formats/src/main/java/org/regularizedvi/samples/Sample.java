package org.regularizedvi.samples;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.regularizedvi.input.InputException;

/**
 * Describes one of several files that are one data set.
 *
 * @param name the name of the sample, not blank
 * @param path the file, or folder, of its cells
 * @param columns what a sample sheet says of it, by the names of the columns; the same names for
 *     each sample of a data set, and an empty text where it says nothing
 */
public record Sample(String name, Path path, SequencedMap<String, String> columns) {
  /** The name of the column of obs that says of each cell which sample it is from. */
  public static final String COLUMN = "sample";

  /**
   * Checks the name and keeps a copy of the columns, which nobody can change.
   *
   * @throws InputException when the name is blank
   */
  public Sample {
    if (name.isBlank()) {
      throw new InputException("The sample of %s has no name; expected one.".formatted(path));
    }
    columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
  }

  /**
   * {@return a sample of which nothing is known but its name}
   *
   * @param name the name of the sample, not blank
   * @param path the file, or folder, of its cells
   */
  public static Sample of(String name, Path path) {
    return new Sample(name, path, new LinkedHashMap<>());
  }
}
