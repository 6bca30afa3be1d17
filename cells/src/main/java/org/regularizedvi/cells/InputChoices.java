package org.regularizedvi.cells;

/**
 * Says what is taken of a file of cells as a model's input. A model keeps the choices that it was
 * made with, and commands after training take the same of the files that they are given.
 *
 * @param counts where the counts are
 */
public record InputChoices(CountPlaces counts) {
  /** {@return everything, with counts in X} */
  public static InputChoices defaults() {
    return new InputChoices(CountPlaces.x());
  }
}
