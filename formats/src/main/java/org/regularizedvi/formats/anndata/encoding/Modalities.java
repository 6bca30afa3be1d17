package org.regularizedvi.formats.anndata.encoding;

import java.util.List;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;

/**
 * Finds the modalities of a MuData file, each laid out like an .h5ad, in groups of {@code mod}
 * (mudata's specification of the format).
 */
public final class Modalities {
  static final String GROUP = "mod";
  static final String ORDER = "mod-order";
  static final String AXIS = "axis";
  static final String MUDATA = "MuData";

  private Modalities() {}

  /**
   * {@return whether a file, or a group of one, has modalities}
   *
   * @param file the file, or the group
   */
  public static boolean presentIn(Hierarchy file) {
    return Encodings.of(file, "/").equals(MUDATA) || file.exists(GROUP) && !file.exists("X");
  }

  /**
   * {@return the path of a modality, {@code mod/name}}
   *
   * @param name the name of the modality
   */
  public static String path(String name) {
    return GROUP + "/" + name;
  }

  /**
   * {@return the names of the modalities: in their stored order, else sorted; none where there is
   * no group of modalities}
   *
   * @param file the file, or a group of one
   */
  public static List<String> names(Hierarchy file) {
    if (file.kind(GROUP) != Hierarchy.Kind.GROUP) {
      return List.of();
    }
    List<String> all = file.children(GROUP);
    List<String> order =
        file.hasAttribute(GROUP, ORDER) ? file.attributeTexts(GROUP, ORDER) : List.of();
    // mudata goes by the order alone where it names groups that are there.
    return !order.isEmpty() && all.containsAll(order) ? List.copyOf(order) : all;
  }

  /**
   * Checks that a file has no modalities.
   *
   * @param file the file
   * @throws InputException when it has, naming them
   */
  public static void requireNone(Hierarchy file) {
    if (presentIn(file)) {
      throw new InputException(
          "%s is MuData (.h5mu, .zarr) with the modalities %s; expected AnnData (.h5ad, .zarr)."
              .formatted(file.path(), String.join(", ", names(file))));
    }
  }

  /**
   * Checks that a file holds modalities of the same cells.
   *
   * @param file the file
   * @throws InputException when it is no MuData, has no modality, its modalities share features, or
   *     one of them has modalities of its own
   */
  public static void requireSharedCells(Hierarchy file) {
    if (!presentIn(file)) {
      throw new InputException(
          "%s is %s; expected MuData (.h5mu, .zarr), which has its modalities in a group 'mod'."
              .formatted(
                  file.path(),
                  file.exists("obs") && file.exists("var")
                      ? "AnnData (.h5ad, .zarr)"
                      : "no MuData"));
    }
    if (names(file).isEmpty()) {
      throw new InputException(
          "%s has no modalities: its group 'mod' is missing or empty.".formatted(file.path()));
    }
    double axis = file.hasAttribute("/", AXIS) ? file.attributeNumber("/", AXIS) : 0;
    if (axis != 0) {
      throw new InputException(
          "%s has modalities that share features (axis %.0f); expected modalities that share cells (axis 0)."
              .formatted(file.path(), axis));
    }
    for (String name : names(file)) {
      if (presentIn(file.within(path(name)))) {
        throw new InputException(
            "Modality '%s' of %s has modalities of its own; expected AnnData."
                .formatted(name, file.path()));
      }
    }
  }
}
