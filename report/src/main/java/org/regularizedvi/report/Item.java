package org.regularizedvi.report;

/** A figure or a table of a report, with the part of the report that it belongs to. */
public sealed interface Item permits Item.OfFigure, Item.OfTable {
  /** The parts of the page. Their names in small letters are the ids of its sections. */
  enum Part {
    /** Scores of integration. */
    SCORES,
    /** The course of training. */
    TRAINING,
    /** The latent dimensions. */
    LATENT,
    /** The library sizes. */
    LIBRARY,
    /** The ambient background. */
    AMBIENT,
    /** The dispersions. */
    DISPERSION,
    /** The scaling factors of the features. */
    SCALING,
    /** Compares modalities. */
    MODALITIES
  }

  /** {@return the part that the item belongs to} */
  Part part();

  /** {@return the name of the item's files: letters, digits and dashes} */
  String id();

  /**
   * A figure to look at.
   *
   * @param part where it belongs
   * @param figure the figure
   */
  record OfFigure(Part part, Figure figure) implements Item {
    @Override
    public String id() {
      return figure.id();
    }
  }

  /**
   * A table to read.
   *
   * @param part where it belongs
   * @param id letters, digits and dashes
   * @param caption a sentence that says what the table shows
   * @param table the table
   */
  record OfTable(Part part, String id, String caption, Table table) implements Item {}
}
