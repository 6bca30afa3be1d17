package org.regularizedvi.report;

/** Draws on some kind of paper. Places are in points from the upper left corner. */
interface Pen {
  /** Says which part of a text lies at its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** Draws a line through points; it breaks where one is not a number. */
  void line(Ink ink, double[] x, double[] y, double width, boolean dashed);

  /** Draws points. */
  void dots(Ink ink, double[] x, double[] y);

  /** Draws a filled rectangle from its upper left corner. */
  void bar(Ink ink, double x, double y, double width, double height);

  /** Writes a text. */
  void text(String text, double x, double y, Anchor anchor);

  /** Writes a text from below upwards, with its middle at the place. */
  void upwards(String text, double x, double y);
}
