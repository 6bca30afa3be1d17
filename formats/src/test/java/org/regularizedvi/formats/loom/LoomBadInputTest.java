package org.regularizedvi.formats.loom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/** Whatever is wrong with a loom file is told in one sentence. */
class LoomBadInputTest {
  private static final long[] SHAPE = LoomInputs.SHAPE;

  @TempDir private Path folder;

  private Path loom(Consumer<H5Output> change) {
    return LoomInputs.write(folder.resolve("cells.loom"), change);
  }

  private static void matrix(H5Output out, String path, long[] shape, float... values) {
    out.floats(path, shape, values, Storage.PLAIN);
  }

  private static Consumer<H5Output> with(String path, Consumer<H5Output> write) {
    return out -> {
      out.delete(path);
      write.accept(out);
    };
  }

  private static Consumer<H5Output> withMatrix(float... values) {
    return with("matrix", out -> matrix(out, "matrix", SHAPE, values));
  }

  private static void read(Path file, Selection selection) {
    try (CellSource cells = Formats.open(file, selection)) {
      cells.counts("");
      cells.cells().obsColumns().forEach(cells.cells()::obs);
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable reading) {
    return assertThatThrownBy(reading)
        .isInstanceOf(InputException.class)
        .hasMessageMatching("[^\\n]+\\.")
        .hasMessageContaining("cells.loom");
  }

  static Stream<Arguments> wrongParts() {
    return Stream.of(
        Arguments.of(
            withMatrix(4, -1, 0, 7, 1, 0),
            "has the value -1.0 in cell 'y', gene 'A'; expected counts of zero"),
        Arguments.of(
            withMatrix(4, 0, 0.5f, 7, 1, 0),
            "has the value 0.5 in cell 'x', gene 'B'; expected whole counts."),
        Arguments.of(
            withMatrix(4, 0, 0, Float.NaN, 1, 0),
            "has the value nan in cell 'y', gene 'B'; expected finite counts."),
        Arguments.of(
            withMatrix(4, 0, 0, Float.POSITIVE_INFINITY, 1, 0), "has the value inf in cell 'y'"),
        Arguments.of(withMatrix(new float[6]), "holds no counts at all: every value is zero."),
        Arguments.of(with("matrix", _ -> {}), "There is no 'matrix' in "),
        Arguments.of(
            with("matrix", out -> out.group("matrix")), "should hold values, found a group"),
        Arguments.of(
            with("matrix", out -> matrix(out, "matrix", new long[] {6}, new float[6])),
            "should be a matrix of at most 2^31 features x cells."),
        Arguments.of(
            with("matrix", out -> out.texts("matrix", SHAPE, "4", "0", "0", "7", "1", "0")),
            "should be a matrix of numbers, 3 features x 2 cells."),
        Arguments.of(
            with("matrix", out -> matrix(out, "matrix", new long[] {2, 3}, 1, 2, 3, 4, 5, 6)),
            "'row_attrs/Gene' in "),
        Arguments.of(
            with("row_attrs/Gene", out -> out.texts("row_attrs/Gene", new long[] {2}, "A", "B")),
            "should have 3 entries, as the matrix has on that axis, found 2."),
        Arguments.of(
            with("col_attrs/donor", out -> out.texts("col_attrs/donor", new long[] {1}, "d1")),
            "'col_attrs/donor' in "),
        Arguments.of(
            with("col_attrs/donor", out -> out.texts("col_attrs/donor", new long[0], "d1")),
            "should have 2 entries, as the matrix has on that axis, found 1."),
        Arguments.of(with("col_attrs", _ -> {}), "There is no 'col_attrs' in "),
        Arguments.of(
            with("col_attrs", out -> out.texts("col_attrs", new long[] {2}, "x", "y")),
            "should be a group, found values or a type."),
        Arguments.of(
            with("col_attrs/CellID", _ -> {}),
            "holds no names: expected an attribute CellID or obs_names, found donor."),
        Arguments.of(
            with("row_attrs/Gene", _ -> {}),
            "holds no names: expected an attribute Gene or Accession or var_names, found none."),
        Arguments.of(
            with(
                "col_attrs/CellID",
                out -> out.longs("col_attrs/CellID", new long[] {2}, new long[2], Storage.PLAIN)),
            "should hold names, found numbers."),
        Arguments.of(
            with(
                "col_attrs/CellID",
                out -> out.texts("col_attrs/CellID", new long[] {2, 2}, "x", "y", "a", "b")),
            "should be a column (one axis), found 2 axes."),
        Arguments.of(
            with(
                "col_attrs/CellID", out -> out.texts("col_attrs/CellID", new long[] {2}, "x", "x")),
            "The name 'x' in "));
  }

  @ParameterizedTest
  @MethodSource
  void wrongParts(Consumer<H5Output> change, String sentence) {
    Path file = loom(change);
    refused(() -> read(file, Selection.all())).hasMessageContaining(sentence);
  }

  @Test
  void wrongLayers() {
    Path file =
        loom(
            out -> {
              matrix(out, "layers/spliced", SHAPE, 1, 2, 3, 4, 5, 6);
              matrix(out, "layers/turned", new long[] {2, 3}, 1, 2, 3, 4, 5, 6);
              matrix(out, "layers/shares", SHAPE, .5f, 2, 3, 4, 5, 6);
            });
    read(file, of("spliced"));
    refused(() -> read(file, of("splice")))
        .hasMessageContaining("has no layer 'splice'; the nearest are 'spliced'");
    refused(() -> read(file, of("turned")))
        .hasMessageContaining("'layers/turned'")
        .hasMessageContaining("should be a matrix of numbers, 3 features x 2 cells.");
    refused(() -> read(file, of("shares")))
        .hasMessageContaining("has the value 0.5 in cell 'x', gene 'A'; expected whole counts.");
  }

  private static Selection of(String layer) {
    return new Selection(
        List.of(), CellJoin.UNION, Map.of("", CountSource.layer(layer)), CountChecks.INTEGERS);
  }

  /** An attribute of three axes has no place in a table: it is neither read nor copied. */
  @Test
  void attributesOfThreeAxesAreLeftOut() {
    Path file =
        loom(
            out -> {
              matrix(out, "col_attrs/cube", new long[] {2, 1, 2}, 1, 2, 3, 4);
              matrix(out, "col_attrs/umap", new long[] {2, 2}, 1, 2, 3, 4);
            });
    Path copy = folder.resolve("copy.h5ad");
    try (CellSource cells = Formats.open(file)) {
      assertThat(cells.cells().obsColumns()).containsExactly("donor");
      cells.write(Destination.file(copy), TableAdditions.shared(List.of()), IfExists.REFUSE);
    }
    try (CellSource cells = Formats.open(copy)) {
      assertThat(cells.hasObsm("umap")).isTrue();
      assertThat(cells.cells().obs("donor")).isInstanceOf(Column.Text.class);
    }
  }

  /** Such numbers, found by damaging files at random, end a process that reads them. */
  @Test
  void numbersThatNoComputerHas() throws IOException {
    Path file = folder.resolve("cells.loom");
    byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/elsewhere/cells.loom"));
    assertThat(Arrays.copyOfRange(bytes, 6300, 6304)).as("4 bytes").containsExactly(4, 0, 0, 0);
    bytes[6302] = 126;
    Files.write(file, bytes);
    refused(() -> read(file, Selection.all()))
        .hasMessageContaining("its type has numbers that are not IEEE floating point");
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    Path file = loom(_ -> {});
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(
          () -> {
            Formats.requireWhole(file);
            read(file, Selection.all());
          });
    }
  }
}
