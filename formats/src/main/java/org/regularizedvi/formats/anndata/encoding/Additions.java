package org.regularizedvi.formats.anndata.encoding;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Layer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.input.InputException;

/**
 * Puts additions into an .h5ad, or a modality of a .h5mu, that is open for writing, in place of
 * what has their names.
 */
public final class Additions {
  private Additions() {}

  /**
   * Writes additions.
   *
   * @param out the file, or the group of the modality
   * @param additions what is to be written; of two with the same place and name the last stays
   * @throws InputException when the file is too old for it, or a name cannot be used
   */
  public static void write(HierarchyOutput out, List<Addition> additions) {
    requirePossible(out.reader(), additions);
    for (Addition addition : additions) {
      switch (addition) {
        case Addition.ObsColumn(String name, Column values) -> column(out, "obs", name, values);
        case Addition.VarColumn(String name, Column values) -> column(out, "var", name, values);
        case Addition.Obsm(String name, FloatMatrix values) ->
            DenseCodec.write(out, free(out, "obsm", name), values);
        case Addition.Varm(String name, FloatMatrix values) ->
            DenseCodec.write(out, free(out, "varm", name), values);
        case Addition.Obsp(String name, SparseRows values) ->
            CsrCodec.write(out, free(out, "obsp", name), values);
        case Addition.OfLayer(String name, Layer values) ->
            LayerCodec.write(out, free(out, "layers", name), values);
        case Addition.OfRaw(Addition.OfLayer(String name, Layer values)) ->
            LayerCodec.write(out, free(out, "obsm", name), values);
        case Addition.OfRaw(Addition own) -> write(out.within("raw"), List.of(own));
        case Addition.Uns(String name, Tree value) ->
            TreeCodec.write(out, free(out, "uns", name), value);
      }
    }
  }

  /**
   * Checks that additions are possible before anything is copied.
   *
   * @param file the file, or the group of the modality
   * @param additions what is to be written
   * @throws InputException when the file is too old for one, or a name cannot be used
   */
  public static void requirePossible(Hierarchy file, List<Addition> additions) {
    for (Addition addition : additions) {
      switch (addition) {
        case Addition.ObsColumn(String name, _) -> requirePossible(file, "obs", name);
        case Addition.VarColumn(String name, _) -> requirePossible(file, "var", name);
        case Addition.Obsm(String name, _) -> requirePossible(file, "obsm", name);
        case Addition.Varm(String name, _) -> requirePossible(file, "varm", name);
        case Addition.Obsp(String name, _) -> requirePossible(file, "obsp", name);
        case Addition.OfLayer(String name, _) -> requirePossible(file, "layers", name);
        case Addition.OfRaw(Addition.OfLayer(String name, _)) ->
            requirePossible(file, "obsm", name);
        case Addition.OfRaw(Addition own) -> requirePossible(file.within("raw"), List.of(own));
        case Addition.Uns(String name, _) -> requirePossible(file, "uns", name);
      }
    }
  }

  private static void requirePossible(Hierarchy file, String group, String name) {
    Names.checked(name);
    Hierarchy.Kind kind = file.kind(group);
    if (kind != Hierarchy.Kind.GROUP && kind != Hierarchy.Kind.MISSING) {
      throw tooOld(file, group);
    }
    boolean table = group.equals("obs") || group.equals("var");
    if (table && file.attributeText(group, "_index").equals(name)) {
      throw new InputException(
          "The column '%s' cannot be added: %s has its row names under that name."
              .formatted(name, file.where(group)));
    }
  }

  /** Adds a column to a table, at the end of its order where it is new. */
  static void column(HierarchyOutput out, String table, String name, Column values) {
    Hierarchy in = out.reader();
    out.delete(table + "/" + CategoricalCodec.OLD_CATEGORIES + "/" + Names.checked(name));
    Columns.write(out, free(out, table, name), values);
    List<String> order = new ArrayList<>();
    if (in.hasAttribute(table, "column-order")) {
      order.addAll(in.attributeTexts(table, "column-order"));
    }
    if (!order.contains(name)) {
      order.add(name);
    }
    out.attribute(table, "column-order", order);
  }

  /**
   * Removes what has the name of a member, and creates the group where it is missing.
   *
   * @return the path of the member
   */
  private static String free(HierarchyOutput out, String group, String name) {
    if (!out.reader().exists(group)) {
      Encodings.group(out, group, Encodings.DICT, Encodings.V1);
    }
    String path = group + "/" + Names.checked(name);
    out.delete(path);
    return path;
  }

  private static InputException tooOld(Hierarchy file, String path) {
    return new InputException(
        ("%s is stored as records, as anndata before 0.7 did, and cannot be extended: read and save"
                + " the file with a current anndata first.")
            .formatted(file.where(path)));
  }
}
