package org.regularizedvi.report;

import java.util.List;

/**
 * A picture, described by what it shows: axes, and marks in the units of the data. {@link
 * FigurePainter} alone turns it into lines on paper, whatever the paper.
 *
 * @param id letters, digits and dashes; it names the figure's files
 * @param caption a sentence that says what the figure shows
 * @param text tells those who cannot see the figure what there is to see
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param marks what is drawn, in this order
 * @param data everything that is drawn, and more where that helps, for those who want the numbers
 */
public record Figure(
    String id, String caption, String text, Axis x, Axis y, List<Mark> marks, Table data) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the id has other characters
   */
  public Figure {
    if (!id.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("The id of a figure is '%s'".formatted(id));
    }
    marks = List.copyOf(marks);
  }

  /**
   * Something that is drawn. The legend shows marks that have a name and leaves out those whose
   * name is empty.
   */
  public sealed interface Mark {
    /** {@return the name in the legend, empty for none} */
    String name();

    /** {@return the colour} */
    Ink ink();
  }

  /**
   * A line through points. It breaks where one of them is not a number.
   *
   * @param name in the legend
   * @param ink the colour
   * @param x the horizontal places, in the axis' unit
   * @param y the vertical places, as many
   * @param dashed whether the line is dashed
   */
  public record Line(String name, Ink ink, double[] x, double[] y, boolean dashed)
      implements Mark {}

  /**
   * Points. Those that are not numbers, or not above 0 on a logarithmic axis, are left out.
   *
   * @param name in the legend
   * @param ink the colour
   * @param x the horizontal places, in the axis' unit
   * @param y the vertical places, as many
   */
  public record Dots(String name, Ink ink, double[] x, double[] y) implements Mark {}

  /**
   * Bars from 0 up to their height.
   *
   * @param name in the legend
   * @param ink the colour
   * @param left the left end of each bar
   * @param right the right end of each bar
   * @param height the height of each bar
   */
  public record Bars(String name, Ink ink, double[] left, double[] right, double[] height)
      implements Mark {}
}
