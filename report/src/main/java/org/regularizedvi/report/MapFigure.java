package org.regularizedvi.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Draws the map of the cells as a figure on paper, coloured by one thing. */
public final class MapFigure {
  /**
   * The most groups that get a colour of their own, as many as one can tell apart; smaller groups
   * are drawn as one.
   */
  private static final int GROUPS = 6;

  private MapFigure() {}

  /**
   * Draws the map once for each of its colours.
   *
   * @param map the cells and their colours
   * @return the figures, each with an id of its own
   */
  public static List<Figure> all(MapView map) {
    List<Figure> figures = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (MapView.Colour colour : map.colours()) {
      String id = "map-" + Names.id(colour.name());
      for (int n = 2; !ids.add(id); n++) {
        id = "map-%s-%d".formatted(Names.id(colour.name()), n);
      }
      figures.add(of(id, map, colour));
    }
    return figures;
  }

  private static Figure of(String id, MapView map, MapView.Colour colour) {
    double[] x = doubles(map.x());
    double[] y = doubles(map.y());
    List<Figure.Mark> marks =
        switch (colour) {
          case MapView.Groups groups -> groups(groups, x, y);
          case MapView.Numbers numbers -> levels(numbers.values(), x, y);
          case MapView.Feature feature -> levels(feature.values(), x, y);
        };
    Table.Column shown =
        switch (colour) {
          case MapView.Groups(String name, int[] codes, List<String> categories) ->
              new Table.Texts(
                  name,
                  Arrays.stream(codes).mapToObj(c -> c < 0 ? "" : categories.get(c)).toList());
          case MapView.Numbers(String name, float[] v) -> new Table.Numbers(name, doubles(v));
          case MapView.Feature(String name, float[] v) -> new Table.Numbers(name, doubles(v));
        };
    return new Figure(
        id,
        "Map of the cells by " + colour.name(),
        map.about(),
        Axis.linear(map.xName(), x),
        Axis.linear(map.yName(), y),
        marks,
        Table.of(new Table.Numbers(map.xName(), x), new Table.Numbers(map.yName(), y), shown));
  }

  private static List<Figure.Mark> groups(MapView.Groups groups, double[] x, double[] y) {
    int[] counts = new int[groups.categories().size()];
    Arrays.stream(groups.codes()).filter(c -> c >= 0).forEach(c -> counts[c]++);
    List<Integer> largest =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt(c -> -counts[c]))
            .limit(counts.length > GROUPS + 1 ? GROUPS : GROUPS + 1)
            .sorted()
            .toList();
    List<Figure.Mark> marks = new ArrayList<>();
    int[] others =
        IntStream.range(0, x.length).filter(i -> !largest.contains(groups.codes()[i])).toArray();
    if (others.length > 0) {
      marks.add(dots("others", Ink.FAINT, others, x, y));
    }
    for (int k = 0; k < largest.size(); k++) {
      int code = largest.get(k);
      int[] own = IntStream.range(0, x.length).filter(i -> groups.codes()[i] == code).toArray();
      marks.add(dots(groups.categories().get(code), Ink.series(k), own, x, y));
    }
    return marks;
  }

  private static List<Figure.Mark> levels(float[] values, double[] x, double[] y) {
    var ends = Arrays.stream(doubles(values)).filter(Double::isFinite).summaryStatistics();
    double step = (ends.getMax() - ends.getMin()) / Ink.LEVELS;
    List<Figure.Mark> marks = new ArrayList<>();
    for (int level = 0; level < Ink.LEVELS; level++) {
      int k = level;
      double least = ends.getMin() + level * step;
      int[] own =
          IntStream.range(0, x.length)
              .filter(i -> Float.isFinite(values[i]))
              .filter(i -> level(values[i], ends.getMin(), step) == k)
              .toArray();
      if (own.length > 0) {
        String name = Axis.words(new BigDecimal(least).round(new MathContext(2)).doubleValue());
        marks.add(dots("\u2265 " + name, Ink.level(level), own, x, y));
      }
    }
    return marks;
  }

  private static int level(double value, double least, double step) {
    return step > 0 ? Math.min(Ink.LEVELS - 1, (int) ((value - least) / step)) : 0;
  }

  private static Figure.Dots dots(String name, Ink ink, int[] which, double[] x, double[] y) {
    return new Figure.Dots(
        name,
        ink,
        Arrays.stream(which).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(which).mapToDouble(i -> y[i]).toArray());
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
