package org.regularizedvi.report;

import java.util.List;

/**
 * A picture as what it shows: axes and marks in the units of the data. {@link FigurePainter} alone
 * turns it into lines on paper, whatever the paper.
 *
 * @param id letters, digits and dashes
 * @param caption what it shows, a sentence
 * @param text what there is to see, for those who cannot see it
 * @param data all that it shows, and more where that helps
 */
public record Figure(
    String id, String caption, String text, Axis x, Axis y, List<Mark> marks, Table data) {
  public Figure {
    if (!id.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("The id of a figure is '%s'".formatted(id));
    }
    marks = List.copyOf(marks);
  }

  /** What is drawn; marks of a name stand in the legend, those without one do not. */
  public sealed interface Mark {
    String name();

    Ink ink();
  }

  public record Line(String name, Ink ink, double[] x, double[] y, boolean dashed)
      implements Mark {}

  /** Points; those that are no numbers, or not above 0 on a logarithmic axis, are left out. */
  public record Dots(String name, Ink ink, double[] x, double[] y) implements Mark {}

  /** Bars from 0 to their height. */
  public record Bars(String name, Ink ink, double[] left, double[] right, double[] height)
      implements Mark {}
}
