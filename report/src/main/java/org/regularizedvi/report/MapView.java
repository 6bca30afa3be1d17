package org.regularizedvi.report;

import java.util.List;

/**
 * Cells in the plane, and what to colour them by.
 *
 * @param about says in a sentence what the coordinates are
 * @param x horizontal place of each cell, NaN for one that has none
 * @param y vertical place
 * @param colours at least one
 */
public record MapView(
    String about, String xName, String yName, float[] x, float[] y, List<Colour> colours) {
  public MapView {
    colours = List.copyOf(colours);
    if (colours.isEmpty()) {
      throw new IllegalArgumentException("A map needs something to be coloured by");
    }
    require("y", y.length, x.length);
    for (Colour colour : colours) {
      require(colour.name(), colour.size(), x.length);
    }
  }

  private static void require(String name, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "%s has %d cells, the map %d".formatted(name, found, expected));
    }
  }

  /** What a map can be coloured by. */
  public sealed interface Colour {
    String name();

    int size();
  }

  /** Groups of cells; -1 is missing. */
  public record Groups(String name, int[] codes, List<String> categories) implements Colour {
    public Groups {
      categories = List.copyOf(categories);
    }

    @Override
    public int size() {
      return codes.length;
    }
  }

  /** A number of each cell, NaN where missing. */
  public record Numbers(String name, float[] values) implements Colour {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** What each cell has of a feature: log(1 + counts in 10,000), the counts of the file. */
  public record Feature(String name, float[] values) implements Colour {
    @Override
    public int size() {
      return values.length;
    }
  }
}
