package org.regularizedvi.formats.anndata.encoding;

import java.util.List;
import org.regularizedvi.cells.SparseRows;
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
   * @param blocks the rows of the matrix, in order, cells x features
   * @param obsNames the name of each cell
   * @param varNames the name of each feature
   */
  public static void write(
      HierarchyOutput out, List<SparseRows> blocks, List<String> obsNames, List<String> varNames) {
    Encodings.mark(out, "/", "anndata", Encodings.V1);
    csr(out, "X", blocks, varNames.size());
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

  private static void csr(HierarchyOutput out, String path, List<SparseRows> blocks, int columns) {
    int rows = blocks.stream().mapToInt(SparseRows::rows).sum();
    long[] indptr = new long[rows + 1];
    int row = 0;
    for (SparseRows block : blocks) {
      for (int r = 0; r < block.rows(); r++) {
        indptr[row + 1] = indptr[row] + block.indptr()[r + 1] - block.indptr()[r];
        row++;
      }
    }
    CsrCodec.write(out, path, indptr, columns, blocks::stream);
  }
}
