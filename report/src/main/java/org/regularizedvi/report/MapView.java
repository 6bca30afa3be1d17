package org.regularizedvi.report;

import java.util.Arrays;
import java.util.List;

/**
 * Places of cells in the plane, and what to colour them by.
 *
 * @param about a sentence that says what the coordinates are
 * @param xName the name of the horizontal coordinate
 * @param yName the name of the vertical coordinate
 * @param x the horizontal place of each cell, NaN for a cell that has none
 * @param y the vertical place of each cell
 * @param colours what to colour the cells by, at least one
 */
public record MapView(
    String about, String xName, String yName, float[] x, float[] y, List<Colour> colours) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when there is no colour, or one has not as many cells as the
   *     map
   */
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

  /**
   * {@return the map of some of the cells}
   *
   * @param cells their places
   * @param ofThem a sentence that says what the coordinates are, and of which cells
   */
  public MapView some(int[] cells, String ofThem) {
    return new MapView(
        ofThem,
        xName,
        yName,
        picked(x, cells),
        picked(y, cells),
        colours.stream().map(colour -> colour.some(cells)).toList());
  }

  private static float[] picked(float[] values, int[] cells) {
    float[] some = new float[cells.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[cells[i]];
    }
    return some;
  }

  private static void require(String name, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "%s has %d cells, the map %d".formatted(name, found, expected));
    }
  }

  /** Something that a map can be coloured by. */
  public sealed interface Colour {
    /** {@return the name in the list of colours} */
    String name();

    /** {@return the number of cells} */
    int size();

    /**
     * {@return the same of some of the cells}
     *
     * @param cells their places
     */
    Colour some(int[] cells);
  }

  /**
   * Groups of cells.
   *
   * @param name the name in the list of colours
   * @param codes the place of each cell's group among the categories, -1 where it is missing
   * @param categories the names of the groups
   */
  public record Groups(String name, int[] codes, List<String> categories) implements Colour {
    /** Keeps copies, which nobody can change. */
    public Groups {
      categories = List.copyOf(categories);
    }

    @Override
    public int size() {
      return codes.length;
    }

    @Override
    public Groups some(int[] cells) {
      return new Groups(name, Arrays.stream(cells).map(cell -> codes[cell]).toArray(), categories);
    }
  }

  /**
   * A number of each cell.
   *
   * @param name the name in the list of colours
   * @param values the numbers, NaN where one is missing
   */
  public record Numbers(String name, float[] values) implements Colour {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Numbers some(int[] cells) {
      return new Numbers(name, picked(values, cells));
    }
  }

  /**
   * The counts that each cell of the file has of one feature.
   *
   * @param name the name of the feature
   * @param values log(1 + counts in 10,000) of each cell
   */
  public record Feature(String name, float[] values) implements Colour {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Feature some(int[] cells) {
      return new Feature(name, picked(values, cells));
    }
  }
}
