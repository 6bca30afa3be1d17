package org.regularizedvi.formats.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.formats.PythonInputs;
import org.regularizedvi.input.InputException;

/** Holds what is read from files written by anndata against the numbers that Python dumped. */
class ReadingTest {
  private static Stream<DynamicTest> each(
      java.util.function.BiConsumer<AnnDataFile, JsonNode> check) {
    return PythonInputs.expected().properties().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> {
                      try (AnnDataFile file = AnnDataFile.open(PythonInputs.file(entry.getKey()))) {
                        check.accept(file, entry.getValue());
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> names() {
    return each(
        (file, told) -> {
          assertThat(file.obsNames()).isEqualTo(texts(told.get("obs_names")));
          assertThat(file.varNames()).isEqualTo(texts(told.get("var_names")));
          assertThat(file.nObs()).isEqualTo(told.get("obs_names").size());
          assertThat(file.nVars()).isEqualTo(told.get("var_names").size());
        });
  }

  @TestFactory
  Stream<DynamicTest> columns() {
    return each(
        (file, told) -> {
          List<String> names = new ArrayList<>();
          told.get("columns").fieldNames().forEachRemaining(names::add);
          if (file.path().toString().contains("old_")) {
            assertThat(file.obsColumns()).containsExactlyInAnyOrderElementsOf(names);
          } else {
            assertThat(file.obsColumns()).isEqualTo(names);
          }
          for (String name : names) {
            assertColumn(name, file.obs(name), told.get("columns").get(name));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> countsInMemory() {
    return each(
        (file, told) ->
            told.get("matrices")
                .properties()
                .forEach(
                    entry -> {
                      Counts counts =
                          file.counts(source(entry.getKey()), CountChecks.ALLOW_NON_INTEGER)
                              .inMemory();
                      assertThat(counts.fractional())
                          .isEqualTo(file.path().endsWith("x_fractions.h5ad"));
                      assertRows(counts.slice(0, counts.rows()), entry.getValue(), 0);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> countsInStream() {
    return each(
        (file, told) ->
            told.get("matrices")
                .properties()
                .forEach(
                    entry -> {
                      try (CountReader reader =
                          file.counts(source(entry.getKey()), CountChecks.ALLOW_NON_INTEGER)
                              .reader()) {
                        int at = 0;
                        Optional<SparseRows> part = reader.next(7);
                        for (; part.isPresent(); part = reader.next(7)) {
                          assertThat(part.get().rows()).isEqualTo(Math.min(7, reader.rows() - at));
                          assertRows(part.get(), entry.getValue(), at);
                          at += part.get().rows();
                        }
                        assertThat(at).isEqualTo(entry.getValue().size());
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> matricesOfCells() {
    return each(
        (file, told) ->
            told.get("obsm")
                .properties()
                .forEach(
                    entry -> {
                      FloatMatrix matrix = file.obsm(entry.getKey());
                      for (int r = 0; r < matrix.rows(); r++) {
                        for (int c = 0; c < matrix.columns(); c++) {
                          assertThat(matrix.at(r, c))
                              .isEqualTo((float) entry.getValue().get(r).get(c).asDouble());
                        }
                      }
                      assertThat(matrix.rows()).isEqualTo(entry.getValue().size());
                    }));
  }

  @Test
  void annotationsThatHaveAForm() {
    PythonInputs.expected();
    try (AnnDataFile file = AnnDataFile.open(PythonInputs.file("rich_gzip"))) {
      assertThat(file.uns("title")).contains(new Tree.Text("Größe µm\nline2"));
      assertThat(file.uns("colors"))
          .contains(new Tree.Texts(List.of("#ff0000", "#00ff00", "#0000ffé")));
      assertThat(file.uns("absent")).isEmpty();
      Tree.Dict neighbors = (Tree.Dict) file.uns("neighbors").orElseThrow();
      assertThat(((Tree.Dict) neighbors.entries().get("params")).entries())
          .containsEntry("n_neighbors", new Tree.Whole(15))
          .containsEntry("use", new Tree.Flag(true))
          .containsEntry("frac", new Tree.Real(0.25))
          .containsEntry("nothing", new Tree.Nothing());
      assertThatThrownBy(() -> file.uns("cube"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("uns/cube")
          .hasMessageContaining("3 axes");
    }
  }

  @Test
  void sparseAndTabularObsmAreRefused() {
    PythonInputs.expected();
    try (AnnDataFile file = AnnDataFile.open(PythonInputs.file("rich"))) {
      assertThat(file.obsmKeys()).contains("X_pca", "frame", "sparse");
      assertThatThrownBy(() -> file.obsm("sparse"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("csr_matrix");
      assertThatThrownBy(() -> file.obsm("X_pcs"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("nearest are 'X_pca'");
      assertThat(file.varm("PCs").columns()).isEqualTo(4);
    }
  }

  @Test
  void missingFilterIsNamed() {
    PythonInputs.expected();
    try (AnnDataFile file = AnnDataFile.open(PythonInputs.file("bad_blosc"))) {
      assertThatThrownBy(() -> file.counts(CountSource.x(), CountChecks.INTEGERS).inMemory())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'X/indptr'")
          .hasMessageContaining("32001")
          .hasMessageContaining("blosc")
          .hasMessageContaining("gzip")
          .hasMessageContaining("HDF5_PLUGIN_PATH");
    }
  }

  @Test
  void missingXIsSaidSo() {
    PythonInputs.expected();
    try (AnnDataFile file = AnnDataFile.open(PythonInputs.file("bad_no_x"))) {
      assertThatThrownBy(() -> file.counts(CountSource.x(), CountChecks.INTEGERS).inMemory())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no X")
          .hasMessageContaining("layers: none");
    }
  }

  @Test
  void fractionsAreRefusedByDefaultWithCellAndGene() {
    PythonInputs.expected();
    try (AnnDataFile file = AnnDataFile.open(PythonInputs.file("x_fractions"))) {
      assertThatThrownBy(() -> file.counts(CountSource.x(), CountChecks.INTEGERS).inMemory())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("Zelle-000é漢")
          .hasMessageContaining("ENSG")
          .hasMessageContaining("--allow-non-integer");
    }
  }

  private static CountSource source(String name) {
    return name.equals("X") ? CountSource.x() : CountSource.layer(name);
  }

  private static void assertRows(SparseRows rows, JsonNode dense, int first) {
    for (int r = 0; r < rows.rows(); r++) {
      double[] found = new double[rows.columns()];
      int before = -1;
      for (int i = rows.indptr()[r]; i < rows.indptr()[r + 1]; i++) {
        assertThat(rows.indices()[i]).isGreaterThan(before);
        before = rows.indices()[i];
        assertThat(rows.values()[i]).isNotZero();
        found[before] = rows.values()[i];
      }
      JsonNode told = dense.get(first + r);
      assertThat(found).hasSize(told.size());
      for (int c = 0; c < found.length; c++) {
        assertThat(found[c]).as("row %d column %d", first + r, c).isEqualTo(told.get(c).asDouble());
      }
    }
  }

  private static void assertColumn(String name, Column found, JsonNode told) {
    switch (found) {
      case Column.Categorical(int[] codes, List<String> categories, boolean ordered) -> {
        assertThat(told.get("kind").asText()).as(name).isEqualTo("categorical");
        assertThat(categories).as(name).isEqualTo(texts(told.get("categories")));
        assertThat(ordered).as(name).isEqualTo(told.get("ordered").asBoolean());
        assertThat(codes).as(name).hasSize(told.get("codes").size());
        for (int i = 0; i < codes.length; i++) {
          assertThat(codes[i]).as(name).isEqualTo(told.get("codes").get(i).asInt());
        }
      }
      case Column.Text(String[] values) -> {
        assertThat(told.get("kind").asText()).as(name).isEqualTo("text");
        assertThat(values).as(name).hasSize(told.get("values").size());
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).as(name).isEqualTo(told.get("values").get(i).textValue());
        }
      }
      case Column.Numbers(double[] values, boolean whole) -> {
        assertThat(told.get("kind").asText()).as(name).isEqualTo("numbers");
        assertThat(whole).as(name).isEqualTo(told.get("whole").asBoolean());
        assertThat(values).as(name).hasSize(told.get("values").size());
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i])
              .as(name)
              .isEqualTo(Double.valueOf(number(told.get("values").get(i))));
        }
      }
      case Column.Flags(boolean[] values, boolean[] missing) -> {
        assertThat(told.get("kind").asText()).as(name).isEqualTo("flags");
        assertThat(values).as(name).hasSize(told.get("values").size());
        for (int i = 0; i < values.length; i++) {
          JsonNode value = told.get("values").get(i);
          assertThat(missing[i]).as(name).isEqualTo(value.isNull());
          assertThat(missing[i] || values[i] == value.asBoolean()).as(name).isTrue();
        }
      }
    }
  }

  private static double number(JsonNode node) {
    if (node.isNull()) {
      return Double.NaN;
    }
    return node.isTextual() ? Double.POSITIVE_INFINITY : node.asDouble();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
