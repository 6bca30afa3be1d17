package org.regularizedvi.formats.mudata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.ZarrStores;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/** Has mudata compare copies with their inputs: additions as told, everything else as it was. */
public class MuDataCopyTest {
  @TempDir Path folder;

  /** Values by which each cell can be told from the others. */
  private static TableAdditions of(MuDataFile file) {
    int cells = file.nObs();
    int genes = file.modality("rna").nVars();
    return TableAdditions.shared(
            List.of(
                new Addition.ObsColumn("donor", categories(cells)),
                new Addition.ObsColumn("rv text", text(cells)),
                new Addition.ObsColumn("rv.real", numbers(cells, 0.25, false)),
                new Addition.Obsm("X_rv", matrix(cells)),
                new Addition.Obsm("X_joint", matrix(cells)),
                new Addition.Varm("rv", matrix(file.shared().nVars())),
                new Addition.Obsp("rv pairs", pairs(cells)),
                new Addition.Uns("rv", new Tree.Text("shared ü"))))
        .with(
            "rna",
            List.of(
                new Addition.ObsColumn("sample", text(cells)),
                new Addition.ObsColumn("rv_whole", numbers(cells, 3, true)),
                new Addition.ObsColumn("rv_flag", flags(cells)),
                new Addition.VarColumn("rv scale", numbers(genes, 0.5, false)),
                new Addition.Obsm("X_rv", matrix(cells)),
                new Addition.Varm("rv loadings", matrix(genes)),
                new Addition.Obsp("pairs", pairs(cells)),
                new Addition.Uns("rv", new Tree.Text("of rna"))))
        .with("atac", List.of(new Addition.ObsColumn("rv", numbers(cells, 1, false))));
  }

  /** Each cell with the next and the one after it, the farther one first. */
  public static SparseRows pairs(int cells) {
    int[] starts = new int[cells + 1];
    int[] indices = new int[2 * cells];
    float[] values = new float[2 * cells];
    for (int cell = 0; cell < cells; cell++) {
      starts[cell + 1] = 2 * (cell + 1);
      indices[2 * cell] = (cell + 2) % cells;
      indices[2 * cell + 1] = (cell + 1) % cells;
      values[2 * cell] = cell + 1;
      values[2 * cell + 1] = -cell;
    }
    return new SparseRows(cells, starts, indices, values);
  }

  private void copy(String name, List<String> modalities, CellJoin join) throws IOException {
    Path input = MuDataInputs.file(name);
    byte[] before = Files.readAllBytes(input);
    copy(input, folder.resolve(name + ".h5mu"), modalities, join);
    assertThat(Files.readAllBytes(input)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "differing.v2.zarr, out.zarr",
    "differing.v3.zarr, out.zarr",
    "differing.h5mu, out.zarr",
    "differing.v3.zarr, out.h5mu"
  })
  void fromAndToZarr(String input, String output) throws IOException {
    copy(ZarrStores.of(input), folder.resolve(output), List.of(), CellJoin.UNION);
  }

  private void copy(Path input, Path target, List<String> modalities, CellJoin join)
      throws IOException {
    TableAdditions given;
    TableAdditions arranged;
    List<String> cells;
    try (MuDataFile file = MuDataFile.open(input, modalities, join)) {
      given = of(file);
      arranged = file.arranged(given);
      cells = file.obsNames();
      MuDataCopy.write(input, target, arranged, IfExists.REFUSE);
    }
    assertThat(folder.toFile().list()).containsExactly(target.getFileName().toString());
    try (MuDataFile file = MuDataFile.open(target)) {
      Path told =
          new MuDataTelling()
              .additions(arranged)
              .write(folder.resolve("told.json"), file.modalities());
      assertThat(PythonEnvironment.run("check_mudata.py", target, told, input)).startsWith("kept ");
      assertByName(cells, given.shared(), file.shared());
      given.modalities().forEach((m, own) -> assertByName(cells, own, file.modality(m)));
    }
  }

  /** Each cell that was used has its own value wherever its row is; no other cell has any. */
  private static void assertByName(List<String> cells, List<Addition> given, AnnDataFile found) {
    Map<String, Integer> cellOf = new LinkedHashMap<>();
    cells.forEach(cell -> cellOf.put(cell, cellOf.size()));
    int seen = 0;
    for (Addition addition : given) {
      for (int row = 0; row < found.nObs(); row++) {
        int cell = cellOf.getOrDefault(found.obsNames().get(row), -1);
        if (addition instanceof Addition.ObsColumn(String name, Column.Numbers(double[] v, _))) {
          assertThat(((Column.Numbers) found.obs(name)).values()[row])
              .isEqualTo(Double.valueOf(cell < 0 ? Double.NaN : v[cell]));
          seen++;
        } else if (addition instanceof Addition.Obsm(String name, FloatMatrix m)) {
          assertThat(found.obsm(name).at(row, 1))
              .isEqualTo(Float.valueOf(cell < 0 ? Float.NaN : m.at(cell, 1)));
          seen++;
        } else if (addition instanceof Addition.Obsp(String name, SparseRows pairs)) {
          assertThat(byName(found.obsp(name), row, found.obsNames()))
              .isEqualTo(
                  cell < 0 ? Map.of() : byName(pairs, cell, cells, Set.copyOf(found.obsNames())));
          seen++;
        }
      }
    }
    assertThat(seen).isPositive();
  }

  private static Map<String, Float> byName(
      SparseRows pairs, int row, List<String> names, Set<String> known) {
    Map<String, Float> entries = byName(pairs, row, names);
    entries.keySet().retainAll(known);
    return entries;
  }

  private static Map<String, Float> byName(SparseRows pairs, int row, List<String> names) {
    Map<String, Float> entries = new LinkedHashMap<>();
    for (int i = pairs.indptr()[row]; i < pairs.indptr()[row + 1]; i++) {
      entries.put(names.get(pairs.indices()[i]), pairs.values()[i]);
    }
    return entries;
  }

  @Test
  void sameCells() throws IOException {
    copy("same", List.of(), CellJoin.UNION);
  }

  @Test
  void cellsInAnotherOrderAndCompressedParts() throws IOException {
    copy("order", List.of(), CellJoin.INTERSECTION);
  }

  @Test
  void cellsThatAreNotUsedStayAndHaveNoValues() throws IOException {
    copy("differing", List.of("atac", "rna"), CellJoin.INTERSECTION);
  }

  @Test
  void columnsPulledIntoTheSharedTable() throws IOException {
    copy("pulled", List.of(), CellJoin.UNION);
  }

  @Test
  void theCheckerSeesAChangedElement() {
    Path input = MuDataInputs.file("same");
    Path target = folder.resolve("out.h5mu");
    MuDataCopy.write(input, target, TableAdditions.shared(List.of()), IfExists.REFUSE);
    try (H5Output out = H5Output.append(target)) {
      out.delete("mod/rna/raw/X/data");
      out.doubles("mod/rna/raw/X/data", new long[] {1}, new double[] {1}, Storage.PLAIN);
    }
    Path told = new MuDataTelling().write(folder.resolve("told.json"), List.of("rna", "atac"));
    assertThatThrownBy(() -> PythonEnvironment.run("check_mudata.py", target, told, input))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("mod/rna/raw/X/data");
  }

  @Test
  void whatCannotBeAddedIsRefusedBeforeTheCopy() {
    Path input = MuDataInputs.file("same");
    Path target = folder.resolve("out.h5mu");
    List<Addition> mask = List.of(new Addition.Obsm("rna", matrix(40)));
    assertThatThrownBy(
            () -> MuDataCopy.write(input, target, TableAdditions.shared(mask), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'rna' cannot be added");
    TableAdditions elsewhere =
        TableAdditions.shared(List.of())
            .with("prot", List.of(new Addition.Uns("rv", new Tree.Text("x"))));
    assertThatThrownBy(() -> MuDataCopy.write(input, target, elsewhere, IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no modality 'prot'; it has rna, atac");
    TableAdditions wrong =
        TableAdditions.shared(List.of()).with("rna", List.of(new Addition.Obsm("X", matrix(39))));
    assertThatThrownBy(() -> MuDataCopy.write(input, target, wrong, IfExists.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'X' has 39 rows, the file 40");
    List<Addition> index = List.of(new Addition.VarColumn("_index", numbers(12, 1, true)));
    assertThatThrownBy(
            () ->
                MuDataCopy.write(
                    input,
                    target,
                    TableAdditions.shared(List.of()).with("rna", index),
                    IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'mod/rna/var'");
    assertThatThrownBy(
            () ->
                MuDataCopy.write(input, input, TableAdditions.shared(List.of()), IfExists.REPLACE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is the input itself");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sharedTableWithoutTheCellsCannotTakeTheirValues() {
    try (MuDataFile file = MuDataFile.open(MuDataInputs.file("stale"))) {
      TableAdditions additions = of(file);
      assertThatThrownBy(() -> file.arranged(additions))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("shared obs of")
          .hasMessageContaining("lacks the cell 'Zelle-00");
      assertThat(file.arranged(new TableAdditions(List.of(), additions.modalities())).modalities())
          .containsOnlyKeys("rna", "atac");
    }
  }

  private static Column categories(int rows) {
    int[] codes = new int[rows];
    for (int i = 0; i < rows; i++) {
      codes[i] = i % 4 - 1;
    }
    return new Column.Categorical(codes, List.of("zwei", "eins", "drei 漢"), false);
  }

  private static Column text(int rows) {
    String[] values = new String[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = "téxt " + i % 5;
    }
    return new Column.Text(values);
  }

  private static Column numbers(int rows, double step, boolean whole) {
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = (i + 1) * step;
    }
    return new Column.Numbers(values, whole);
  }

  private static Column flags(int rows) {
    boolean[] values = new boolean[rows];
    boolean[] missing = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      missing[i] = i % 7 == 0;
      values[i] = !missing[i] && i % 2 == 0;
    }
    return new Column.Flags(values, missing);
  }

  private static FloatMatrix matrix(int rows) {
    float[] values = new float[rows * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    return new FloatMatrix(rows, 3, values);
  }
}
