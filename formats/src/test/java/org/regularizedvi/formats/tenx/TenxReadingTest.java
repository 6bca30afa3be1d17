package org.regularizedvi.formats.tenx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** Every layout gives the cells, features and counts that Python put into it. */
final class TenxReadingTest {
  @TempDir private Path folder;

  static Stream<String> inputs() {
    return StreamSupport.stream(
        ((Iterable<String>) () -> TenxInputs.expected().fieldNames()).spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void givesWhatPythonWrote(String input) {
    JsonNode expected = TenxInputs.expected().get(input);
    Formats.requireWhole(TenxInputs.at(input));
    try (CellSource cells = Formats.open(TenxInputs.at(input))) {
      assertThat(cells.cells().obsNames()).isEqualTo(texts(expected.get("cells")));
      assertThat(cells.cells().obsColumns()).isEmpty();
      List<String> names = modalities(expected);
      assertThat(cells.modalities()).containsExactlyElementsOf(names.stream().sorted().toList());
      for (String leftOut : texts(expected.get("left_out"))) {
        assertThat(cells.notes()).anyMatch(note -> note.contains(leftOut));
      }
      for (String name : names) {
        JsonNode modality = expected.get("modalities").get(name);
        assertThat(cells.features(name).varNames()).isEqualTo(texts(modality.get("names")));
        cells.features(name).requireUniqueVarNames();
        assertThat(dense(cells.counts(name).blocks().toList())).isEqualTo(matrix(modality));
        assertThat(streamed(cells.countReader(name))).isEqualTo(matrix(modality));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void isWrittenAsANewFileWithAdditions(String input) {
    JsonNode expected = TenxInputs.expected().get(input);
    List<String> names = modalities(expected);
    Path out = folder.resolve(names.size() > 1 ? "new.h5mu" : "new.h5ad");
    try (CellSource cells = Formats.open(TenxInputs.at(input))) {
      double[] values = new double[cells.cells().nObs()];
      Arrays.setAll(values, cell -> cell / 4.0);
      Addition added = new Addition.ObsColumn("added", new Column.Numbers(values, false));
      cells.write(Destination.file(out), TableAdditions.shared(List.of(added)), IfExists.REFUSE);
    }
    try (CellSource cells = Formats.open(out)) {
      assertThat(cells.cells().obsNames()).isEqualTo(texts(expected.get("cells")));
      assertThat(((Column.Numbers) cells.cells().obs("added")).values()[1]).isEqualTo(0.25);
      for (String name : names) {
        JsonNode modality = expected.get("modalities").get(name);
        AnnDataFile features = (AnnDataFile) cells.features(name);
        assertThat(features.varNames()).isEqualTo(texts(modality.get("names")));
        SequencedMap<String, List<String>> var = new LinkedHashMap<>();
        features
            .varColumns()
            .forEach(
                column -> var.put(column, List.of(((Column.Text) features.var(column)).values())));
        SequencedMap<String, List<String>> wanted = new LinkedHashMap<>();
        modality
            .get("var")
            .properties()
            .forEach(column -> wanted.put(column.getKey(), texts(column.getValue())));
        assertThat(var).isEqualTo(wanted);
        assertThat(dense(cells.counts(name).blocks().toList())).isEqualTo(matrix(modality));
      }
    }
  }

  @Test
  void saysWhatWasLeftOutAndRenamed() {
    try (CellSource cells = Formats.open(TenxInputs.at("cite.h5"))) {
      assertThat(cells.notes())
          .containsExactly(
              "features left out: 3 of type Antibody Capture, 1 of type CRISPR Guide Capture, 1 of type Custom, 1 of type Multiplexing Capture",
              "2 names of features repeat an earlier one and got -1, -2, ... to be unique");
    }
  }

  @Test
  void oneOfTwoModalitiesIsReadAlone() {
    Selection atac = new Selection(List.of("atac"), CellJoin.UNION, Map.of(), CountChecks.INTEGERS);
    try (CellSource cells = Formats.open(TenxInputs.at("arc"), atac)) {
      assertThat(cells.modalities()).containsExactly("atac");
      assertThat(cells.counts("atac").columns()).isEqualTo(7);
    }
  }

  private static List<String> modalities(JsonNode expected) {
    return expected.get("modalities").properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<String> texts(JsonNode values) {
    return values.valueStream().map(JsonNode::asText).toList();
  }

  private static List<List<Double>> matrix(JsonNode modality) {
    return modality
        .get("x")
        .valueStream()
        .map(row -> row.valueStream().map(JsonNode::asDouble).toList())
        .toList();
  }

  private static List<List<Double>> streamed(CountReader reader) {
    List<SparseRows> read = new ArrayList<>();
    try (reader) {
      for (Optional<SparseRows> b = reader.next(5); b.isPresent(); b = reader.next(5)) {
        read.add(b.get());
      }
    }
    return dense(read);
  }

  private static List<List<Double>> dense(List<SparseRows> blocks) {
    List<List<Double>> all = new ArrayList<>();
    for (SparseRows block : blocks) {
      for (int row = 0; row < block.rows(); row++) {
        Double[] values = new Double[block.columns()];
        Arrays.fill(values, 0.0);
        for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
          values[block.indices()[i]] = (double) block.values()[i];
        }
        all.add(List.of(values));
      }
    }
    return all;
  }
}
