package org.regularizedvi.report;

/** Something that draws; places are in points from the upper left corner. */
interface Pen {
  /** Where a text's place is. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** A line through points; it breaks where one is no number. */
  void line(Ink ink, double[] x, double[] y, double width, boolean dashed);

  void dots(Ink ink, double[] x, double[] y);

  void bar(Ink ink, double x, double y, double width, double height);

  void text(String text, double x, double y, Anchor anchor);

  /** A text from below upwards, its middle at the place. */
  void upwards(String text, double x, double y);
}
