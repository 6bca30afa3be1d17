package org.regularizedvi.cells;

import java.util.Optional;

/**
 * Says where the counts of a file are.
 *
 * @param layer the name of a layer; empty for X
 */
public record CountSource(Optional<String> layer) {
  /** {@return counts in X} */
  public static CountSource x() {
    return new CountSource(Optional.empty());
  }

  /**
   * {@return counts in a layer}
   *
   * @param name the name of the layer
   */
  public static CountSource layer(String name) {
    return new CountSource(Optional.of(name));
  }

  /**
   * {@return counts in raw, which has features of its own, unless there is a layer of that name}
   */
  public static CountSource raw() {
    return layer("raw");
  }

  /**
   * {@return the place that a user calls so: X, or a layer of any other name}
   *
   * @param name the name
   */
  public static CountSource named(String name) {
    return name.equals("X") ? x() : layer(name);
  }

  /** {@return the place in a message} */
  public String words() {
    return layer.map(name -> name.equals("raw") ? name : "layer '" + name + "'").orElse("X");
  }

  /** {@return the path of the counts within the file} */
  public String location() {
    return layer.map(name -> "layers/" + name).orElse("X");
  }
}
