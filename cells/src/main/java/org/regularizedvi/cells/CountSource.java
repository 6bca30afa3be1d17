package org.regularizedvi.cells;

import java.util.Optional;

/** Where the counts are: in X, or in a layer. */
public record CountSource(Optional<String> layer) {
  public static CountSource x() {
    return new CountSource(Optional.empty());
  }

  public static CountSource layer(String name) {
    return new CountSource(Optional.of(name));
  }

  /** Returns the path within the file. */
  public String location() {
    return layer.map(name -> "layers/" + name).orElse("X");
  }
}
