package org.regularizedvi.formats.tenx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;

/**
 * Gives cells, features, columns and counts that anndata 0.13 and scanpy find in the same file: see
 * make_elsewhere.py.
 */
class ElsewhereTest {
  private static final Path FOLDER = Path.of("src/test/resources/elsewhere");

  @TempDir private Path folder;

  private static JsonNode expected(String name) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve("elsewhere.json").toFile()).get(name);
  }

  private static Path file(String name) {
    Path resource = FOLDER.resolve(name);
    return Files.exists(resource) ? resource : TenxInputs.at(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anndata-0.13.zarr.zip",
        "cells.loom",
        "cite.h5",
        "cellbender.h5",
        "v2.h5",
        "v3",
        "v2"
      })
  void isReadAsOthersReadIt(String name) throws IOException {
    Formats.requireWhole(file(name));
    try (CellSource cells = Formats.open(file(name))) {
      requireSame(cells, expected(name));
    }
  }

  private static void requireSame(CellSource cells, JsonNode expected) {
    assertThat(cells.cells().obsNames()).isEqualTo(values(expected.get("cells")));
    FeatureTable features = cells.features("");
    assertThat(features.varNames()).isEqualTo(values(expected.get("features")));
    assertThat(cells.cells().obsColumns())
        .containsExactlyInAnyOrderElementsOf(names(expected, "obs"));
    for (String column : names(expected, "obs")) {
      assertThat(values(cells.cells().obs(column)))
          .as(column)
          .isEqualTo(values(expected.get("obs").get(column)));
    }
    // Files of Cell Ranger 2 have a genome too, by the name of a group that scanpy asks for.
    assertThat(features.varColumns()).containsAll(names(expected, "var"));
    for (String column : names(expected, "var")) {
      assertThat(values(features.var(column)))
          .as(column)
          .isEqualTo(values(expected.get("var").get(column)));
    }
    List<Object> found = new ArrayList<>();
    for (SparseRows block : cells.counts("").blocks().toList()) {
      for (int row = 0; row < block.rows(); row++) {
        Double[] dense = new Double[block.columns()];
        Arrays.fill(dense, 0.0);
        for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
          dense[block.indices()[i]] = (double) block.values()[i];
        }
        found.add(List.of(dense));
      }
    }
    assertThat(found).isEqualTo(values(expected.get("x")));
  }

  private static List<String> names(JsonNode expected, String table) {
    List<String> names = new ArrayList<>();
    expected.get(table).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<Object> values(JsonNode list) {
    List<Object> values = new ArrayList<>();
    for (JsonNode one : list) {
      values.add(
          one.isArray()
              ? values(one)
              : one.isNumber()
                  ? (Object) one.doubleValue()
                  : one.isBoolean() ? (Object) one.booleanValue() : one.textValue());
    }
    return values;
  }

  private static List<Object> values(Column column) {
    return IntStream.range(0, column.size()).mapToObj(row -> value(column, row)).toList();
  }

  private static Object value(Column column, int row) {
    return switch (column) {
      case Column.Categorical c -> c.categories().get(c.codes()[row]);
      case Column.Text t -> t.values()[row];
      case Column.Numbers n ->
          Optional.of(n.values()[row]).filter(v -> !Double.isNaN(v)).orElse(null);
      case Column.Flags f -> f.values()[row];
    };
  }

  /** What is read of a format that is only read goes whole into a file that can be written. */
  @Test
  void aLoomFileBecomesAStore() throws IOException {
    Path target = folder.resolve("new.zarr");
    try (CellSource cells = Formats.open(file("cells.loom"))) {
      cells.write(Destination.file(target), TableAdditions.shared(List.of()), IfExists.REFUSE);
    }
    try (CellSource cells = Formats.open(target)) {
      requireSame(cells, expected("cells.loom"));
    }
  }
}
