package org.regularizedvi.report;

import java.util.Locale;

/**
 * Draws a figure as SVG that needs no style sheet: colours are attributes, which a page may
 * override by the classes beside them.
 */
public final class SvgPen implements Pen {
  private final StringBuilder out = new StringBuilder();

  private SvgPen() {}

  /**
   * {@return a figure as an SVG document without an XML declaration}
   *
   * @param figure what to draw
   */
  public static String draw(Figure figure) {
    SvgPen pen = new SvgPen();
    pen.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"%d\">",
        FigurePainter.WIDTH, FigurePainter.HEIGHT, FigurePainter.FONT);
    pen.add("<title>%s</title><desc>%s</desc>", escaped(figure.caption()), escaped(figure.text()));
    FigurePainter.paint(figure, pen);
    return pen.add("</svg>").out.toString();
  }

  @Override
  public void line(Ink ink, double[] x, double[] y, double width, boolean dashed) {
    StringBuilder path = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < x.length; i++) {
      boolean number = !Double.isNaN(x[i]) && !Double.isNaN(y[i]);
      if (number) {
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", down ? "L" : "M", x[i], y[i]));
      }
      down = number;
    }
    add(
        "<path class=\"s-%s\" d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" stroke-linejoin=\"round\"%s/>",
        name(ink), path, ink.hex(), width, dashed ? " stroke-dasharray=\"6 4\"" : "");
  }

  @Override
  public void dots(Ink ink, double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      path.append('M').append((long) x[i]).append(' ').append((long) y[i]).append("h0");
    }
    add(
        "<path class=\"s-%s\" d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.6\" stroke-linecap=\"round\" stroke-opacity=\"0.6\"/>",
        name(ink), path, ink.hex());
  }

  @Override
  public void bar(Ink ink, double x, double y, double width, double height) {
    add(
        "<rect class=\"f-%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
        name(ink), x, y, width, height, ink.hex());
  }

  @Override
  public void text(String text, double x, double y, Anchor anchor) {
    add(
        "<text class=\"f-text\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor.name().toLowerCase(Locale.ROOT), Ink.TEXT.hex(), escaped(text));
  }

  @Override
  public void upwards(String text, double x, double y) {
    add(
        "<text class=\"f-text\" transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\" fill=\"%s\">%s</text>",
        x, y, Ink.TEXT.hex(), escaped(text));
  }

  private static String name(Ink ink) {
    return ink.name().toLowerCase(Locale.ROOT);
  }

  private SvgPen add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
    return this;
  }

  /**
   * {@return text that XML reads as this text and nothing else; characters that XML cannot hold
   * become U+FFFD}
   */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(fitsXml(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  /** The production Char of XML 1.0. */
  private static boolean fitsXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
