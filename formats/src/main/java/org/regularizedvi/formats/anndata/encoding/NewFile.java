package org.regularizedvi.formats.anndata.encoding;

import java.util.List;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;

/**
 * Lays out a complete .h5ad, or modality of a .h5mu: counts as csr in X, named cells and features,
 * and empty places for the rest.
 */
public final class NewFile {
  private NewFile() {}

  /**
   * Writes everything but additions.
   *
   * @param out the empty file, or the empty group of the modality
   * @param counts cells x features, gone through three times
   * @param obsNames the name of each cell
   * @param varNames the name of each feature
   */
  public static void write(
      HierarchyOutput out, Counts counts, List<String> obsNames, List<String> varNames) {
    Encodings.mark(out, "/", "anndata", Encodings.V1);
    csr(out, "X", counts);
    table(out, "obs", obsNames);
    table(out, "var", varNames);
    for (String group : List.of("layers", "obsm", "obsp", "uns", "varm", "varp")) {
      Encodings.group(out, group, Encodings.DICT, Encodings.V1);
    }
  }

  static void table(HierarchyOutput out, String path, List<String> names) {
    Encodings.group(out, path, Encodings.DATAFRAME, Encodings.V2);
    out.attribute(path, "_index", "_index");
    out.attribute(path, "column-order", List.of());
    ArrayCodec.write(out, path + "/_index", names.toArray(String[]::new));
  }

  private static void csr(HierarchyOutput out, String path, Counts counts) {
    long[] indptr = new long[counts.rows() + 1];
    int[] row = {0};
    counts
        .blocks()
        .forEachOrdered(
            block -> {
              for (int r = 0; r < block.rows(); r++) {
                indptr[row[0] + 1] = indptr[row[0]] + block.indptr()[r + 1] - block.indptr()[r];
                row[0]++;
              }
            });
    CsrCodec.write(out, path, indptr, counts.columns(), counts::blocks);
  }
}
