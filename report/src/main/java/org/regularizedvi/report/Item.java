package org.regularizedvi.report;

/** Something to look at, and the part of the report that it belongs to. */
public sealed interface Item permits Item.OfFigure, Item.OfTable {
  /** The parts, by the ids that the page gives them. */
  enum Part {
    SCORES,
    TRAINING,
    LATENT,
    LIBRARY,
    AMBIENT,
    DISPERSION,
    SCALING,
    MODALITIES
  }

  Part part();

  /** Letters, digits and dashes: the name of its files. */
  String id();

  record OfFigure(Part part, Figure figure) implements Item {
    @Override
    public String id() {
      return figure.id();
    }
  }

  /**
   * A table to read.
   *
   * @param caption a sentence
   */
  record OfTable(Part part, String id, String caption, Table table) implements Item {}
}
