package org.regularizedvi.report;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lays a figure out on paper and draws it with a pen. */
final class FigurePainter {
  static final int WIDTH = 640;
  static final int HEIGHT = 380;
  static final int FONT = 15;
  private static final double LEFT = 82;
  private static final double RIGHT = 30;
  private static final double TOP = 34;
  private static final double ROW = 20;

  /** The most letters of a name that the legend shows. */
  private static final int LONGEST = 30;

  private static final double BOTTOM = 52;

  private final Figure figure;
  private final Pen pen;
  private final double top;

  private FigurePainter(Figure figure, Pen pen) {
    this.figure = figure;
    this.pen = pen;
    this.top = TOP + ROW * (rows(figure) - 1);
  }

  static void paint(Figure figure, Pen pen) {
    FigurePainter painter = new FigurePainter(figure, pen);
    painter.axes();
    figure.marks().forEach(painter::mark);
    painter.legend();
  }

  private double x(double value) {
    return LEFT + figure.x().place(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - figure.y().place(value) * (HEIGHT - top - BOTTOM);
  }

  private void axes() {
    double floor = HEIGHT - BOTTOM;
    for (double tick : figure.y().ticks()) {
      straight(Ink.FAINT, LEFT, y(tick), WIDTH - RIGHT, y(tick));
      pen.text(Axis.words(tick), LEFT - 8, y(tick) + 5, Pen.Anchor.END);
    }
    for (double tick : figure.x().ticks()) {
      straight(Ink.TEXT, x(tick), floor, x(tick), floor + 4);
      pen.text(Axis.words(tick), x(tick), floor + 21, Pen.Anchor.MIDDLE);
    }
    straight(Ink.TEXT, LEFT, floor, WIDTH - RIGHT, floor);
    pen.text(figure.x().label(), (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, Pen.Anchor.MIDDLE);
    pen.upwards(figure.y().label(), 16, (top + floor) / 2);
  }

  private void straight(Ink ink, double x0, double y0, double x1, double y1) {
    pen.line(ink, new double[] {x0, x1}, new double[] {y0, y1}, 1, false);
  }

  private void mark(Figure.Mark mark) {
    switch (mark) {
      case Figure.Line line ->
          pen.line(line.ink(), places(line.x(), true), places(line.y(), false), 2, line.dashed());
      case Figure.Dots dots -> dots(dots);
      case Figure.Bars bars -> bars(bars);
    }
  }

  private double[] places(double[] values, boolean across) {
    Axis axis = across ? figure.x() : figure.y();
    return Arrays.stream(values)
        .map(v -> !axis.places(v) ? Double.NaN : across ? x(v) : y(v))
        .toArray();
  }

  /** Points that would cover each other are drawn once: the picture is the same and small. */
  private void dots(Figure.Dots dots) {
    Set<Long> seen = new HashSet<>();
    double[] xs = new double[dots.x().length];
    double[] ys = new double[xs.length];
    int n = 0;
    for (int i = 0; i < xs.length; i++) {
      if (figure.x().places(dots.x()[i]) && figure.y().places(dots.y()[i])) {
        long across = Math.round(x(dots.x()[i]));
        long down = Math.round(y(dots.y()[i]));
        if (seen.add(across << 32 | down)) {
          xs[n] = across;
          ys[n++] = down;
        }
      }
    }
    pen.dots(dots.ink(), Arrays.copyOf(xs, n), Arrays.copyOf(ys, n));
  }

  private void bars(Figure.Bars bars) {
    double floor = y(Math.max(0, figure.y().from()));
    for (int i = 0; i < bars.left().length; i++) {
      double left = x(bars.left()[i]);
      double upper = y(bars.height()[i]);
      if (floor > upper) {
        pen.bar(
            bars.ink(),
            left + 0.5,
            upper,
            Math.max(1, x(bars.right()[i]) - left - 1),
            floor - upper);
      }
    }
  }

  private void legend() {
    double at = LEFT;
    double down = 14;
    for (Figure.Mark mark : named(figure)) {
      if (at > LEFT && at + width(mark) > WIDTH) {
        at = LEFT;
        down += ROW;
      }
      if (mark instanceof Figure.Line line) {
        double[] ys = {down, down};
        pen.line(line.ink(), new double[] {at, at + 18}, ys, 2, line.dashed());
      } else {
        pen.bar(mark.ink(), at + 4, down - 5, 10, 10);
      }
      pen.text(shown(mark), at + 24, down + 5, Pen.Anchor.START);
      at += width(mark);
    }
  }

  private static List<Figure.Mark> named(Figure figure) {
    return figure.marks().stream().filter(m -> !m.name().isEmpty()).toList();
  }

  /** The lines that the legend takes. */
  private static int rows(Figure figure) {
    double at = LEFT;
    int rows = 1;
    for (Figure.Mark mark : named(figure)) {
      if (at > LEFT && at + width(mark) > WIDTH) {
        at = LEFT;
        rows++;
      }
      at += width(mark);
    }
    return rows;
  }

  private static double width(Figure.Mark mark) {
    return 42 + 8.5 * shown(mark).length();
  }

  private static String shown(Figure.Mark mark) {
    String name = mark.name();
    int end = name.offsetByCodePoints(0, Math.min(LONGEST, name.codePointCount(0, name.length())));
    return end == name.length() ? name : name.substring(0, end) + "\u2026";
  }
}
