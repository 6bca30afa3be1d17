package org.regularizedvi.formats.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NamedMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.input.InputException;

/** What pandas and pyarrow read of a matrix is what anndata reads of the same in obsm. */
class MatrixFileTest {
  /** More than a row group holds. */
  private static final int MANY = 70_000;

  @TempDir Path dir;

  private static NamedMatrix named(List<String> names, FloatMatrix values) {
    List<String> columns =
        IntStream.range(0, values.columns()).mapToObj(i -> "latent_" + i).toList();
    return new NamedMatrix("obs_names", names, columns, values);
  }

  private String same(List<String> names, FloatMatrix values) {
    Path h5ad = dir.resolve("cells.h5ad");
    Formats.write(
        h5ad,
        NewCells.ofOne(
            CountsInMemory.of(
                new SparseRows(1, new int[names.size() + 1], new int[0], new float[0])),
            names,
            List.of("gene"),
            List.of(new Addition.Obsm("X_z", values))),
        IfExists.REFUSE);
    List<Object> arguments = new ArrayList<>(List.of(h5ad, "X_z"));
    for (String ending : List.of(".csv", ".csv.gz", ".parquet")) {
      Path file = dir.resolve("latent" + ending);
      MatrixFile.write(file, named(names, values), IfExists.REFUSE);
      arguments.add(file);
    }
    return PythonEnvironment.run("check_matrix.py", arguments.toArray());
  }

  @Test
  void strangeNamesAndEveryKindOfNumberComeBack() {
    float[] values = {
      0f,
      -0f,
      Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      0.1f,
      16_777_216f,
      1e-10f,
      -3.4028e-5f,
      8.41e21f,
      2f / 3,
      Float.NaN,
      Float.NaN
    };
    assertThat(
            same(
                List.of("a,b", "say \"x\"", "two\nlines\r\n", "🧬 cell", "", "NA", " 001\t"),
                new FloatMatrix(7, 2, values)))
        .isEqualTo("same 7 x 2 in 3");
  }

  @Test
  void manyRowsOfAnyBitsComeBack() {
    Random random = new Random(1);
    float[] values = new float[MANY * 3];
    for (int i = 0; i < values.length; i++) {
      float any = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(any) ? any : 1;
    }
    assertThat(
            same(
                IntStream.range(0, MANY).mapToObj(i -> "cell-" + i).toList(),
                new FloatMatrix(MANY, 3, values)))
        .isEqualTo("same 70000 x 3 in 3");
  }

  @Test
  void textIsShortAndTheSameWhenPacked() throws Exception {
    NamedMatrix matrix = named(List.of("x", "y"), new FloatMatrix(2, 1, new float[] {0.1f, 1e-9f}));
    Path plain = dir.resolve("a.csv");
    Path packed = dir.resolve("a.csv.gz");
    MatrixFile.write(plain, matrix, IfExists.REFUSE);
    MatrixFile.write(packed, matrix, IfExists.REFUSE);
    assertThat(plain).hasContent("obs_names,latent_0\nx,0.1\ny,1.0E-9\n");
    byte[] bytes = Files.readAllBytes(packed);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes())
        .isEqualTo(Files.readAllBytes(plain));
    MatrixFile.write(packed, matrix, IfExists.REPLACE);
    assertThat(Files.readAllBytes(packed)).isEqualTo(bytes);
  }

  @Test
  void otherEndingsAndFilesThatExistAreRefused() {
    NamedMatrix matrix = named(List.of("x"), new FloatMatrix(1, 1, new float[1]));
    Path other = dir.resolve("a.tsv");
    assertThatThrownBy(() -> MatrixFile.write(other, matrix, IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot write %s: expected a name that ends in .csv, .csv.gz or .parquet."
                .formatted(other));
    Path there = dir.resolve("a.parquet");
    MatrixFile.write(there, matrix, IfExists.REFUSE);
    assertThatThrownBy(() -> MatrixFile.write(there, matrix, IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Will not write %s: it exists".formatted(there));
    assertThat(dir).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }
}
