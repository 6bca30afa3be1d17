package org.regularizedvi.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The scale along one side of a figure.
 *
 * @param label what is measured, with its unit
 * @param logarithmic whether equal distances stand for equal ratios
 * @param from the lower end; above 0 on a logarithmic axis
 * @param to the upper end, above the lower one
 */
public record Axis(String label, boolean logarithmic, double from, double to) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the ends are not in order, or the axis is logarithmic and
   *     not above 0
   */
  public Axis {
    if (!(from < to) || logarithmic && !(from > 0)) {
      throw new IllegalArgumentException("%s goes from %s to %s".formatted(label, from, to));
    }
  }

  /**
   * {@return a linear axis that holds all values that are numbers, with a margin}
   *
   * @param label what is measured
   * @param values what will be drawn along it
   */
  public static Axis linear(String label, double[]... values) {
    double[] ends = ends(Arrays.stream(values).flatMapToDouble(Arrays::stream));
    double air = ends[1] > ends[0] ? (ends[1] - ends[0]) * 0.04 : Math.max(1, Math.abs(ends[0]));
    return new Axis(label, false, ends[0] - air, ends[1] + air);
  }

  /**
   * {@return a linear axis from 0 that holds all values}
   *
   * @param label what is measured
   * @param values what will be drawn along it, 0 or more
   */
  public static Axis fromZero(String label, double[]... values) {
    double top =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    return new Axis(label, false, 0, top > 0 ? top * 1.05 : 1);
  }

  /**
   * {@return a logarithmic axis that holds all values above 0}
   *
   * @param label what is measured
   * @param values what will be drawn along it
   */
  public static Axis log(String label, double[]... values) {
    double[] ends = ends(Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(v -> v > 0));
    double low = ends[0] > 0 ? ends[0] : 0.1;
    return new Axis(label, true, low / 1.3, Math.max(ends[1], low) * 1.3);
  }

  private static double[] ends(DoubleStream values) {
    var all = values.filter(Double::isFinite).summaryStatistics();
    return all.getCount() == 0 ? new double[] {0, 1} : new double[] {all.getMin(), all.getMax()};
  }

  /** Tells whether a value has a place: a number, above 0 where the axis is logarithmic. */
  boolean places(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /**
   * {@return the place of a value, 0 at the lower end and 1 at the upper one; values outside lie
   * below 0 or above 1}
   */
  double place(double value) {
    return logarithmic
        ? Math.log(value / from) / Math.log(to / from)
        : (value - from) / (to - from);
  }

  /** {@return about five round values between the ends} */
  List<Double> ticks() {
    return logarithmic ? powers() : steps();
  }

  private List<Double> powers() {
    int low = (int) Math.floor(Math.log10(from));
    int high = (int) Math.ceil(Math.log10(to));
    List<Double> parts = high - low <= 3 ? List.of(1.0, 2.0, 5.0) : List.of(1.0);
    int every = Math.max(1, (high - low) / 6);
    return Stream.iterate(low, p -> p <= high, p -> p + every)
        .flatMap(p -> parts.stream().map(m -> m * Math.pow(10, p)))
        .filter(v -> v >= from && v <= to)
        .toList();
  }

  private List<Double> steps() {
    double rough = (to - from) / 5;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** {@return a value as it is written beside its tick} */
  static String words(double value) {
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (size >= 1e6 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.0e", value)
          .replaceFirst("e([+-])0?", "e$1")
          .replace("e+", "e");
    }
    String text = String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : "%.4f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
