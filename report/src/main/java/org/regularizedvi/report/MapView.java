package org.regularizedvi.report;

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
  }
}
