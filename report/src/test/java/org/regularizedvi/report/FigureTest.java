package org.regularizedvi.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Figure BAR =
      new Figure(
          "one-bar",
          "caption",
          "text",
          new Axis("x", false, 0, 4),
          new Axis("y", false, 0, 10),
          List.of(
              new Figure.Bars(
                  "", Ink.VERMILION, new double[] {1}, new double[] {3}, new double[] {5})),
          Table.of(new Table.Numbers("height", new double[] {5})));

  @Test
  void bothPensDrawTheSameBar() throws Exception {
    Matcher rect =
        Pattern.compile("<rect [^>]*x=\"(.*?)\" y=\"(.*?)\" width=\"(.*?)\" height=\"(.*?)\"")
            .matcher(SvgPen.draw(BAR));
    assertThat(rect.find()).isTrue();
    double x = Double.parseDouble(rect.group(1));
    double y = Double.parseDouble(rect.group(2));
    double width = Double.parseDouble(rect.group(3));
    double height = Double.parseDouble(rect.group(4));
    assertThat(rect.find()).isFalse();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(RasterPen.png(BAR)));
    double scale = image.getWidth() / (double) FigurePainter.WIDTH;
    int inside = 0;
    int outside = 0;
    for (int j = 0; j < image.getHeight(); j++) {
      for (int i = 0; i < image.getWidth(); i++) {
        if (new Color(image.getRGB(i, j)).equals(new Color(0xd55e00))) {
          boolean in =
              i >= x * scale - 1
                  && i <= (x + width) * scale + 1
                  && j >= y * scale - 1
                  && j <= (y + height) * scale + 1;
          inside += in ? 1 : 0;
          outside += in ? 0 : 1;
        }
      }
    }
    assertThat(outside).isZero();
    assertThat(inside / (width * height * scale * scale)).isBetween(0.98, 1.02);
  }

  @Test
  void ticksAreRoundAndWithin() {
    assertThat(new Axis("", false, 0, 10).ticks()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(new Axis("", true, 0.5, 2_000).ticks()).contains(1.0, 10.0, 100.0, 1000.0);
    assertThat(new Axis("", true, 20, 90).ticks()).containsExactly(20.0, 50.0);
  }

  @Test
  void valuesWithoutAPlaceAreLeftOut() {
    double[] x = {1, 2, Double.NaN, 3, 3};
    double[] y = {1, 0, 1, 100, 100};
    Figure dots =
        new Figure(
            "dots",
            "c",
            "t",
            Axis.linear("x", x),
            Axis.log("y", y),
            List.of(new Figure.Dots("", Ink.BLUE, x, y)),
            Table.of(new Table.Numbers("x", x)));
    // The zero has no logarithm, NaN no place, and the last covers the one before.
    assertThat(SvgPen.draw(dots).split("h0", -1)).hasSize(3);
  }

  @Test
  void groupsOfAMapKeepTheirCellsAndIdsDiffer() {
    int[] codes = {0, 1, 1, -1};
    float[] x = {0, 1, 2, 3};
    MapView map =
        new MapView(
            "a",
            "x",
            "y",
            x,
            x,
            List.of(
                new MapView.Groups("CD4", codes, List.of("a", "b")),
                new MapView.Feature("cd4", x)));
    List<Figure> figures = MapFigure.all(map);
    Set<String> ids = figures.stream().map(Figure::id).collect(Collectors.toSet());
    assertThat(ids).containsExactlyInAnyOrder("map-cd4", "map-cd4-2");
    assertThat(figures.getFirst().marks().stream().map(m -> ((Figure.Dots) m).x().length))
        .containsExactly(1, 1, 2);
    assertThat(figures.getLast().marks().stream().mapToInt(m -> ((Figure.Dots) m).x().length).sum())
        .isEqualTo(4);
  }

  @Test
  void aLegendStaysOnThePaper() {
    List<Figure.Mark> marks =
        IntStream.range(0, 7)
            .<Figure.Mark>mapToObj(
                k ->
                    new Figure.Dots(
                        "a long name of a kind of cell, the " + k + ". of them",
                        Ink.series(k),
                        new double[] {k},
                        new double[] {k}))
            .toList();
    Figure figure =
        new Figure(
            "legend",
            "c",
            "t",
            new Axis("x", false, 0, 8),
            new Axis("y", false, 0, 8),
            marks,
            Table.of(new Table.Numbers("x", new double[] {1})));
    Matcher texts =
        Pattern.compile("x=\"([0-9.]+)\" y=\"([0-9.]+)\" text-anchor=\"start\"[^>]*>([^<]*)<")
            .matcher(SvgPen.draw(figure));
    int named = 0;
    while (texts.find()) {
      // 8.5 points are more than a letter takes at this size.
      assertThat(Double.parseDouble(texts.group(1)) + 8.5 * texts.group(3).length())
          .isLessThan(FigurePainter.WIDTH);
      named++;
    }
    assertThat(named).isEqualTo(7);
  }
}
