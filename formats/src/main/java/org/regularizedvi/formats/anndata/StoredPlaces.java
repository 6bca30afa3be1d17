package org.regularizedvi.formats.anndata;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.StoredArray;

/**
 * Lists the matrices of an AnnData file that can hold counts, by the names that users give them: X,
 * the layers, and raw unless a layer has this name.
 *
 * @param file the file, or a modality of one
 */
record StoredPlaces(Hierarchy file) {
  /** The name of the matrix that has features of its own. */
  static final String RAW = "raw";

  /** So many values of a matrix tell whether it holds whole numbers. */
  private static final int FIRST = 10_000;

  /** {@return whether the name raw means the raw matrix of the file} */
  boolean raw() {
    return !layers().contains(RAW) && file.exists("raw/X") && file.exists("raw/var");
  }

  /** {@return the names of all places but X} */
  List<String> besidesX() {
    List<String> names = new ArrayList<>(layers());
    if (raw()) {
      names.add(RAW);
    }
    return names;
  }

  private List<String> layers() {
    return file.kind("layers") == Hierarchy.Kind.GROUP ? file.children("layers") : List.of();
  }

  /**
   * Says which other places hold whole numbers, as far as their first values tell.
   *
   * @param but the place that holds none
   * @param option how a user chooses a place, with a blank or = at the end
   * @return a clause for each, such as "layer 'counts' holds whole numbers: --layer counts"; empty
   *     where there is no such place
   */
  String wholeNumbers(CountSource but, String option) {
    List<String> names = besidesX();
    names.addFirst("X");
    return names.stream()
        .filter(name -> !name.equals(but.layer().orElse("X")) && holdsWholeNumbers(name))
        .map(name -> "%s holds whole numbers: %s%s".formatted(words(name), option, name))
        .collect(Collectors.joining("; "));
  }

  private String words(String name) {
    return layers().contains(name) ? "layer '" + name + "'" : name;
  }

  private boolean holdsWholeNumbers(String name) {
    String matrix = layers().contains(name) ? "layers/" + name : name.equals(RAW) ? "raw/X" : name;
    String values = file.kind(matrix) == Hierarchy.Kind.GROUP ? matrix + "/data" : matrix;
    return file.kind(values) == Hierarchy.Kind.ARRAY && beginsWithWholeNumbers(values);
  }

  private boolean beginsWithWholeNumbers(String path) {
    try (StoredArray array = file.array(path)) {
      long[] count = array.shape();
      if (!array.type().numeric() || count.length == 0) {
        return false;
      }
      long beyond = 1;
      for (int axis = count.length - 1; axis >= 0; axis--) {
        count[axis] = Math.min(count[axis], Math.max(1, FIRST / Math.max(1, beyond)));
        beyond *= count[axis];
      }
      boolean positive = false;
      for (double value : array.doubles(new long[count.length], count)) {
        if (value < 0 || value != Math.rint(value)) {
          return false;
        }
        positive |= value > 0;
      }
      return positive;
    }
  }
}
