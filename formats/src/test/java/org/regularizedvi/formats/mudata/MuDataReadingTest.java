package org.regularizedvi.formats.mudata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SharedCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;

/** Holds what is read from files written by mudata against what pandas matched. */
class MuDataReadingTest {
  private static Stream<DynamicTest> each(BiConsumer<MuDataFile, JsonNode> check) {
    return MuDataInputs.expected().properties().stream()
        .flatMap(
            entry ->
                Arrays.stream(CellJoin.values())
                    .map(
                        join ->
                            dynamicTest(
                                entry.getKey() + " " + join,
                                () -> {
                                  String name = join.name().toLowerCase(Locale.ROOT);
                                  try (MuDataFile file =
                                      MuDataFile.open(
                                          MuDataInputs.file(entry.getKey()), List.of(), join)) {
                                    check.accept(file, entry.getValue().get(name));
                                  }
                                })));
  }

  @TestFactory
  Stream<DynamicTest> cellsAndTheirRows() {
    return each(
        (file, told) -> {
          JsonNode all = MuDataInputs.expected().get(name(file));
          assertThat(file.modalities()).isEqualTo(texts(all.get("modalities")));
          assertThat(file.obsNames()).isEqualTo(texts(told.get("names")));
          assertThat(file.nObs()).isEqualTo(told.get("names").size());
          SharedCells cells = file.cells();
          assertThat(cells.inAny()).isEqualTo(all.get("union").get("names").size());
          assertThat(cells.inAll()).isEqualTo(all.get("intersection").get("names").size());
          for (String modality : file.modalities()) {
            int[] rows = ints(told.get("rows").get(modality));
            assertThat(cells.rowsOf().get(modality)).as(modality).isEqualTo(rows);
            assertThat(cells.in(modality))
                .isEqualTo((int) IntStream.of(rows).filter(r -> r >= 0).count());
            assertThat(file.modality(modality).nObs())
                .isEqualTo(all.get("in").get(modality).asInt());
            assertThat(file.modality(modality).varNames())
                .isEqualTo(texts(all.get("var_names").get(modality)));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> countsOfXAndLayersInMemoryAndInStream() {
    return each(
        (file, told) ->
            told.get("matrices")
                .properties()
                .forEach(
                    modality ->
                        modality
                            .getValue()
                            .properties()
                            .forEach(
                                layer ->
                                    assertCounts(
                                        file,
                                        modality.getKey(),
                                        layer.getKey(),
                                        layer.getValue()))));
  }

  private static void assertCounts(
      MuDataFile file, String modality, String layer, JsonNode expected) {
    CountSource source = layer.equals("X") ? CountSource.x() : CountSource.layer(layer);
    CountChecks checks = CountChecks.ALLOW_NON_INTEGER;
    Counts counts = file.counts(modality, source, checks);
    assertThat(counts.rows()).isEqualTo(expected.size());
    assertRows(counts.slice(0, counts.rows()), expected, 0);
    try (CountReader reader = file.countReader(modality, source, checks)) {
      int at = 0;
      for (var part = reader.next(7); part.isPresent(); part = reader.next(7)) {
        assertRows(part.get(), expected, at);
        at += part.get().rows();
      }
      assertThat(at).isEqualTo(expected.size());
    }
    int[] chosen = {file.nObs() - 1, 0, file.nObs() / 2, file.nObs() / 2};
    try (CountReader reader = file.countReader(modality, source, checks, chosen)) {
      SparseRows rows = reader.next(10).orElseThrow();
      assertThat(rows.rows()).isEqualTo(4);
      for (int i = 0; i < 4; i++) {
        assertRows(rows.slice(i, i + 1), expected, chosen[i]);
      }
      assertThat(reader.next(10)).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> columnsUnderEveryKindOfKey() {
    return each(
        (file, told) ->
            told.get("columns")
                .properties()
                .forEach(
                    entry -> {
                      assertThat(file.hasObs(entry.getKey())).as(entry.getKey()).isTrue();
                      assertThat(shown(file.obs(entry.getKey())))
                          .as(entry.getKey())
                          .isEqualTo(shown(entry.getValue()));
                    }));
  }

  @Test
  void someModalitiesInTheOrderTheyAreNamed() {
    JsonNode told = MuDataInputs.expected().get("differing");
    try (MuDataFile file =
        MuDataFile.open(MuDataInputs.file("differing"), List.of("prot", "rna"), CellJoin.UNION)) {
      assertThat(file.modalities()).containsExactly("prot", "rna");
      List<String> wanted = texts(told.get("union").get("names"));
      List<String> names = new ArrayList<>(file.modality("rna").obsNames());
      names.addAll(file.modality("prot").obsNames());
      wanted.retainAll(names);
      assertThat(file.obsNames()).isEqualTo(wanted).hasSize(28);
      assertThat(file.cells().words())
          .isEqualTo("28 cells (28 in any modality, 3 in all): prot 5, rna 26");
      // Cells that only atac has are none of these; what it says of the others can be asked for.
      assertThat(((Column.Numbers) file.obs("atac:frag")).values())
          .contains(Double.NaN)
          .hasSize(28);
      assertThat(file.hasObs("frag")).isFalse();
    }
  }

  @Test
  void categoriesComeFromTheModalitiesForTheModelsKeys() {
    try (MuDataFile file = MuDataFile.open(MuDataInputs.file("differing"))) {
      Schema schema = Schema.fit(CovariateKeys.batch("sample"), file);
      assertThat(schema.names(Purpose.BATCH)).containsExactly("s0", "s1", "s2");
      String[] values = ((Column.Text) text(file.obs("sample"))).values();
      int[] codes = schema.encode(file).codes(Purpose.BATCH)[0];
      for (int i = 0; i < codes.length; i++) {
        assertThat("s" + codes[i]).isEqualTo(values[i]);
      }
    }
  }

  @Test
  void manyBlocksInEveryStorageAndOrder() {
    JsonNode digests = MuDataInputs.json("digests.json");
    try (MuDataFile file = MuDataFile.open(MuDataInputs.file("large"))) {
      for (String modality : List.of("csr", "csc", "dense")) {
        Counts counts = file.counts(modality, CountSource.x(), CountChecks.INTEGERS);
        assertThat(counts.digest()).as(modality).isEqualTo(digests.get(modality).asText());
        int[] some = new Random(5).ints(300, 0, file.nObs()).toArray();
        try (CountReader reader =
            file.countReader(modality, CountSource.x(), CountChecks.INTEGERS, some)) {
          List<SparseRows> parts = new ArrayList<>();
          Optional<SparseRows> part = reader.next(128);
          for (; part.isPresent(); part = reader.next(128)) {
            parts.add(part.get());
          }
          assertThat(CountsInMemory.of(SparseRows.join(400, parts)).digest())
              .as(modality)
              .isEqualTo(CountsInMemory.of(counts.gather(some)).digest());
        }
      }
    }
  }

  private static String name(MuDataFile file) {
    return file.source().replace(".h5mu", "");
  }

  private static void assertRows(SparseRows rows, JsonNode dense, int first) {
    for (int r = 0; r < rows.rows(); r++) {
      double[] found = new double[rows.columns()];
      for (int i = rows.indptr()[r]; i < rows.indptr()[r + 1]; i++) {
        found[rows.indices()[i]] = rows.values()[i];
      }
      double[] told = new double[dense.get(first + r).size()];
      for (int c = 0; c < told.length; c++) {
        told[c] = dense.get(first + r).get(c).asDouble();
      }
      assertThat(found).as("row %d", first + r).isEqualTo(told);
    }
  }

  private static Column text(Column column) {
    return column instanceof Column.Categorical(int[] codes, List<String> categories, _)
        ? new Column.Text(
            IntStream.of(codes)
                .mapToObj(c -> c < 0 ? null : categories.get(c))
                .toArray(String[]::new))
        : column;
  }

  /** Writes a column as Python's JSON has it, kind first. */
  private static Map<String, List<String>> shown(Column column) {
    return switch (text(column)) {
      case Column.Text(String[] values) ->
          Map.of("text", Arrays.stream(values).map(v -> "" + v).toList());
      case Column.Numbers(double[] values, _) ->
          Map.of(
              "numbers",
              Arrays.stream(values).mapToObj(v -> Double.isNaN(v) ? "null" : "" + v).toList());
      case Column.Flags(boolean[] values, boolean[] missing) ->
          Map.of(
              "flags",
              IntStream.range(0, values.length)
                  .mapToObj(i -> missing[i] ? "null" : "" + values[i])
                  .toList());
      case Column.Categorical _ -> throw new AssertionError("Categories are text by now");
    };
  }

  private static Map<String, List<String>> shown(JsonNode told) {
    List<String> values = new ArrayList<>();
    told.get("values").forEach(value -> values.add(value.asText()));
    return Map.of(told.get("kind").asText(), values);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }
}
