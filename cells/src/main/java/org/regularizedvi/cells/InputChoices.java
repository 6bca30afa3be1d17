package org.regularizedvi.cells;

import java.util.Map;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Records;

/**
 * Says what is taken of a file of cells as a model's input. A model keeps the choices that it was
 * made with, and commands after training take the same of the files that they are given.
 *
 * @param counts where the counts are
 * @param names how the features are called
 * @param features which features a model is trained on; after that it has them by their names
 * @param cells which cells are taken
 */
public record InputChoices(
    CountPlaces counts, FeatureNames names, FeatureChoice features, CellChoice cells) {
  /** {@return everything, with counts in X and features named by the index} */
  public static InputChoices defaults() {
    return new InputChoices(
        CountPlaces.x(), FeatureNames.index(), FeatureChoice.all(), CellChoice.all());
  }

  /**
   * {@return the same choices with other places of counts}
   *
   * @param chosen the places
   */
  public InputChoices with(CountPlaces chosen) {
    return Records.with(this, "counts", chosen);
  }

  /**
   * {@return the same choices with other names of features}
   *
   * @param chosen the names
   */
  public InputChoices with(FeatureNames chosen) {
    return Records.with(this, "names", chosen);
  }

  /**
   * {@return the same choices with other features}
   *
   * @param chosen the features
   */
  public InputChoices with(FeatureChoice chosen) {
    return Records.with(this, "features", chosen);
  }

  /**
   * {@return the same choices with other cells}
   *
   * @param chosen the cells
   */
  public InputChoices with(CellChoice chosen) {
    return Records.with(this, "cells", chosen);
  }

  /**
   * {@return these choices where they differ from the defaults, else those of a model}
   *
   * @param model what was taken of the cells that the model was trained on
   */
  public InputChoices or(InputChoices model) {
    Map<Declared, Object> defaults = Options.values(defaults());
    Map<Declared, Object> own = Options.values(this);
    return Options.map(
        model,
        (option, standing) ->
            own.get(option).equals(defaults.get(option)) ? standing : own.get(option));
  }
}
