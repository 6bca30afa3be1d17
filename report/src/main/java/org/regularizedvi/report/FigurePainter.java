package org.regularizedvi.report;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lays a figure out and draws it with a pen. */
final class FigurePainter {
  static final int WIDTH = 640;
  static final int HEIGHT = 380;
  static final int FONT = 15;
  private static final double LEFT = 82;
  private static final double RIGHT = 30;
  private static final double TOP = 34;
  private static final double BOTTOM = 52;

  private final Figure figure;
  private final Pen pen;

  private FigurePainter(Figure figure, Pen pen) {
    this.figure = figure;
    this.pen = pen;
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
    return HEIGHT - BOTTOM - figure.y().place(value) * (HEIGHT - TOP - BOTTOM);
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
    pen.upwards(figure.y().label(), 16, (TOP + floor) / 2);
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
      double top = y(bars.height()[i]);
      if (floor > top) {
        pen.bar(
            bars.ink(), left + 0.5, top, Math.max(1, x(bars.right()[i]) - left - 1), floor - top);
      }
    }
  }

  private void legend() {
    List<Figure.Mark> named = figure.marks().stream().filter(m -> !m.name().isEmpty()).toList();
    double at = LEFT;
    for (Figure.Mark mark : named) {
      if (mark instanceof Figure.Line line) {
        double[] ys = {14, 14};
        pen.line(line.ink(), new double[] {at, at + 18}, ys, 2, line.dashed());
      } else {
        pen.bar(mark.ink(), at + 4, 9, 10, 10);
      }
      pen.text(mark.name(), at + 24, 18, Pen.Anchor.START);
      at += 42 + 8 * mark.name().length();
    }
  }
}
