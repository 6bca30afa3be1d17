package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;

/**
 * Lays out what the modalities of a new .h5mu share: its tables, and where each modality has the
 * rows of these. The modalities go where {@link Modalities#path} says, before or after.
 */
public final class NewMuData {
  /** The text that mudata looks for before HDF5's part. */
  public static final String BEGINNING =
      "MuData (format-version=" + Encodings.V1 + ";creator=regularizedvi)";

  private NewMuData() {}

  /**
   * Prepares for modalities: writes their groups and their order.
   *
   * @param out the empty file
   * @param modalities the names of the modalities, in order
   */
  public static void begin(HierarchyOutput out, List<String> modalities) {
    Encodings.mark(out, "/", Modalities.MUDATA, Encodings.V1);
    out.attribute("/", Modalities.AXIS, 0);
    out.group(Modalities.GROUP);
    out.attribute(Modalities.GROUP, Modalities.ORDER, modalities);
    for (String name : modalities) {
      out.group(Modalities.path(Names.checked(name)));
    }
    for (String group : List.of("obsp", "varp", "uns")) {
      Encodings.group(out, group, Encodings.DICT, Encodings.V1);
    }
  }

  /**
   * Writes one of the two tables that the modalities share, with the places of its rows.
   *
   * @param out the file
   * @param table obs or var
   * @param names the names of the table's rows
   * @param rowsOf for each modality its row of each of the names, -1 for none
   */
  public static void table(
      HierarchyOutput out, String table, List<String> names, SequencedMap<String, int[]> rowsOf) {
    NewFile.table(out, table, names);
    Encodings.group(out, table + "m", Encodings.DICT, Encodings.V1);
    Encodings.group(out, table + "map", Encodings.DICT, Encodings.V1);
    rowsOf.forEach(
        (modality, rows) -> {
          boolean[] present = new boolean[rows.length];
          for (int i = 0; i < rows.length; i++) {
            present[i] = rows[i] >= 0;
          }
          ArrayCodec.write(out, table + "m/" + modality, present);
          ArrayCodec.writeUnsigned(
              out, table + "map/" + modality, Arrays.stream(rows).map(row -> row + 1).toArray());
        });
  }
}
