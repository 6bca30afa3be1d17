package org.regularizedvi.formats.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.PythonInputs;
import org.regularizedvi.formats.ZarrStores;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.formats.mudata.MuDataCopyTest;
import org.regularizedvi.formats.mudata.MuDataTelling;
import org.regularizedvi.input.InputException;

/** Has Python compare copies with their inputs: additions as told, everything else as it was. */
class CopyTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> copies() {
    PythonInputs.expected();
    return Stream.of(
            "rich",
            "rich_gzip",
            "rich_lzf",
            "rich_v110",
            "x_csc_f32",
            "x_dense_u16_gzip",
            "no_obs_columns",
            "wide_obs")
        .map(name -> dynamicTest(name, () -> copy(name)));
  }

  @Test
  void copyOfAnndata07() throws IOException {
    PythonInputs.expected();
    copy("old_0.7.8");
  }

  private void copy(String name) throws IOException {
    copy(PythonInputs.file(name), folder.resolve(name + ".h5ad"), "check_output.py");
  }

  /** Of one container or two; what is known of a store in one place is known of its parts. */
  @ParameterizedTest
  @CsvSource({
    "rich.v2.zarr, out.zarr",
    "rich.v3.zarr, out.zarr",
    "rich.sharded.zarr, out.zarr",
    "rich.v3.zarr.zip, out.zarr.zip",
    "rich.h5ad, out.zarr.zip",
    "rich.v2.zarr, out.h5ad",
    "rich.sharded.zarr, out.h5ad"
  })
  void fromAndToZarr(String input, String output) throws IOException {
    copy(ZarrStores.of(input), folder.resolve(output), "check_zarr.py");
  }

  private void copy(Path input, Path target, String checker) throws IOException {
    String name = target.getFileName().toString();
    Map<String, byte[]> before = content(input);
    List<Addition> additions = new ArrayList<>();
    Path told = folder.resolve(name + ".json");
    try (AnnDataFile file = AnnDataFile.open(input)) {
      Map<String, Object> telling = fill(additions, file.nObs(), file.nVars(), replaced(file));
      new ObjectMapper().writeValue(told.toFile(), telling);
    }
    AnnDataCopy.write(input, target, additions, IfExists.REFUSE);
    assertThat(content(input)).containsExactlyInAnyOrderEntriesOf(before);
    assertThat(PythonEnvironment.run(checker, input, target, told)).startsWith("kept ");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString())).noneMatch(n -> n.endsWith(".tmp"));
    }
  }

  /** The bytes of a file, or of each in a folder. */
  private static Map<String, byte[]> content(Path path) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file.toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }

  /** A column that is there already, to be replaced by one of another kind; else a new one. */
  private static String replaced(AnnDataFile file) {
    return Stream.of("cat", "louvain").filter(file::hasObs).findFirst().orElse("cluster");
  }

  private static Map<String, Object> fill(
      List<Addition> additions, int cells, int genes, String replaced) {
    int[] codes = new int[cells];
    String[] texts = new String[cells];
    double[] reals = new double[cells];
    double[] wholes = new double[cells];
    double[] gaps = new double[cells];
    boolean[] flags = new boolean[cells];
    boolean[] some = new boolean[cells];
    for (int i = 0; i < cells; i++) {
      codes[i] = i % 4 - 1;
      texts[i] = "téxt " + i % 5;
      reals[i] = Math.sqrt(i) - 2;
      wholes[i] = i - 3;
      gaps[i] = i % 3 == 0 ? Double.NaN : i;
      flags[i] = i % 2 == 0;
      some[i] = i % 7 == 0;
    }
    List<String> categories = List.of("zwei", "eins", "drei 漢");
    Map<String, Object> columns = new LinkedHashMap<>();
    Map<String, Column> values = new LinkedHashMap<>();
    values.put(replaced, new Column.Categorical(codes, categories, true));
    columns.put(
        replaced,
        Map.of("kind", "categorical", "codes", codes, "categories", categories, "ordered", true));
    values.put("rv text", new Column.Text(texts));
    columns.put("rv text", Map.of("kind", "text", "values", texts, "dtype", "object"));
    values.put("rv.real", new Column.Numbers(reals, false));
    columns.put("rv.real", Map.of("kind", "numbers", "values", reals, "dtype", "float64"));
    values.put("rv_whole", new Column.Numbers(wholes, true));
    columns.put("rv_whole", Map.of("kind", "numbers", "values", wholes, "dtype", "int64"));
    values.put("rv_gaps", new Column.Numbers(gaps, true));
    columns.put("rv_gaps", Map.of("kind", "numbers", "values", withoutNaN(gaps), "dtype", "Int64"));
    values.put("rv_flag", new Column.Flags(flags, new boolean[cells]));
    columns.put("rv_flag", Map.of("kind", "flags", "values", flags, "dtype", "bool"));
    values.put("rv_maybe", new Column.Flags(flags, some));
    columns.put(
        "rv_maybe", Map.of("kind", "flags", "values", masked(flags, some), "dtype", "boolean"));
    values.forEach((name, column) -> additions.add(new Addition.ObsColumn(name, column)));
    FloatMatrix latent = matrix(cells, 6);
    FloatMatrix loadings = matrix(genes, 2);
    additions.add(new Addition.Obsm("X_rv", latent));
    additions.add(new Addition.Obsm("X_pca", latent));
    additions.add(new Addition.Varm("rv loadings", loadings));
    SparseRows pairs = MuDataCopyTest.pairs(cells);
    additions.add(new Addition.Obsp("rv pairs", pairs));
    Map<String, Object> uns = new LinkedHashMap<>();
    additions.add(new Addition.Uns("rv", tree(uns)));
    additions.add(new Addition.Uns("title", new Tree.Text("neu")));
    List<String> paths =
        new ArrayList<>(
            List.of(
                "obsm/X_rv",
                "obsm/X_pca",
                "varm/rv loadings",
                "obsp/rv pairs",
                "uns/rv",
                "uns/title"));
    values.keySet().forEach(name -> paths.add("obs/" + name));
    paths.add("obs/__categories/" + replaced);
    return Map.of(
        "paths", paths,
        "columns", columns,
        "obsm", Map.of("X_rv", rows(latent), "X_pca", rows(latent)),
        "varm", Map.of("rv loadings", rows(loadings)),
        "obsp", Map.of("rv pairs", MuDataTelling.dense(pairs)),
        "uns", Map.of("rv", uns, "title", "neu"));
  }

  private static Tree tree(Map<String, Object> told) {
    SequencedMap<String, Tree> entries = new LinkedHashMap<>();
    entries.put("version", new Tree.Text("0.1 ü"));
    entries.put("seed", new Tree.Whole(-7));
    entries.put("loss", new Tree.Real(0.5));
    entries.put("done", new Tree.Flag(true));
    entries.put("history", new Tree.Reals(new double[] {1.5, 2.5}));
    entries.put("names", new Tree.Texts(List.of("a", "ß")));
    entries.put("nothing", new Tree.Nothing());
    entries.put("empty", new Tree.Dict(new LinkedHashMap<>()));
    entries.put("no numbers", new Tree.Reals(new double[0]));
    told.putAll(
        Map.of(
            "version",
            "0.1 ü",
            "seed",
            -7,
            "loss",
            0.5,
            "done",
            true,
            "history",
            List.of(1.5, 2.5)));
    told.putAll(Map.of("names", List.of("a", "ß"), "empty", Map.of(), "no numbers", List.of()));
    return new Tree.Dict(entries);
  }

  private static Double[] withoutNaN(double[] values) {
    Double[] out = new Double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Double.isNaN(values[i]) ? null : values[i];
    }
    return out;
  }

  private static Boolean[] masked(boolean[] values, boolean[] missing) {
    Boolean[] out = new Boolean[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = missing[i] ? null : values[i];
    }
    return out;
  }

  private static FloatMatrix matrix(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    return new FloatMatrix(rows, columns, values);
  }

  private static float[][] rows(FloatMatrix matrix) {
    float[][] rows = new float[matrix.rows()][matrix.columns()];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < rows[r].length; c++) {
        rows[r][c] = matrix.at(r, c);
      }
    }
    return rows;
  }

  @Test
  void recordsOfAnndata06CannotBeExtended() {
    PythonInputs.expected();
    Path input = PythonInputs.file("old_0.6.22.post1");
    Path target = folder.resolve("out.h5ad");
    Column column = new Column.Numbers(new double[60], false);
    assertThatThrownBy(
            () ->
                AnnDataCopy.write(
                    input, target, List.of(new Addition.ObsColumn("a", column)), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("before 0.7")
        .hasMessageContaining("current anndata");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theCheckerSeesAChangedElement() {
    PythonInputs.expected();
    Path input = PythonInputs.file("rich");
    Path target = folder.resolve("out.h5ad");
    AnnDataCopy.write(input, target, List.of(), IfExists.REFUSE);
    try (H5Output out = H5Output.append(target)) {
      out.delete("obsp/conn/data");
      out.doubles("obsp/conn/data", new long[] {1}, new double[] {1}, Storage.PLAIN);
    }
    Path told = folder.resolve("told.json");
    assertThatThrownBy(
            () -> {
              Files.writeString(told, "{\"paths\": [], \"columns\": {}}");
              PythonEnvironment.run("check_output.py", input, target, told);
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("DIFFERENCE: obsp/conn/data changed");
  }
}
