package org.regularizedvi.formats.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellChoice;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountPlaces;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureChoice;
import org.regularizedvi.cells.FeatureNames;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.view.CellView;
import org.regularizedvi.cells.view.ChosenCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;

/** Prepared cells are those of the file that they were prepared from. */
class PreparedCellsTest {
  @TempDir Path folder;

  @Test
  void haveItsTablesAndCounts() {
    Path file = PreparedSamples.ofOne(folder);
    try (CellSource expected = Formats.open(file);
        CellSource found = Formats.open(PreparedSamples.prepare(file))) {
      assertThat(found.modalities()).isEqualTo(expected.modalities());
      assertThat(found.cells().source()).isEqualTo("one.h5ad.rvi");
      assertThat(found.cells().obsNames()).isEqualTo(Samples.CELLS);
      assertThat(found.cells().obsColumns())
          .containsExactly("kind", "note", "age", "share", "good");
      for (String key : expected.cells().obsColumns()) {
        assertThat(found.cells().obs(key))
            .usingRecursiveComparison()
            .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
            .isEqualTo(expected.cells().obs(key));
      }
      assertThat(found.features("").varNames()).isEqualTo(Samples.GENES);
      assertThat(found.features("").var("ids"))
          .usingRecursiveComparison()
          .isEqualTo(expected.features("").var("ids"));
      assertThat(found.obsmKeys()).containsExactly("X_pca");
      assertThat(found.obsm("X_pca").values()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(found.counts("").digest()).isEqualTo(expected.counts("").digest());
      assertThat(found.counts("").inMemory()).isFalse();
      assertThat(found.onDisk("")).contains(found.counts(""));
      try (CountReader reader = found.countReader("")) {
        assertThat(CountsInMemory.read(reader, "here").digest())
            .isEqualTo(expected.counts("").digest());
      }
      assertThat(found.notes())
          .containsExactly("counts stay on disk in %s.rvi, prepared from one.h5ad".formatted(file));
    }
  }

  @Test
  void someOfThemStayOnDisk() {
    Path prepared = PreparedSamples.prepare(PreparedSamples.ofOne(folder));
    CellChoice two =
        new CellChoice(OptionalInt.of(3), Map.of(), OptionalInt.empty(), Map.of(), List.of());
    try (CellSource all = Formats.open(prepared)) {
      ChosenCells chosen = ChosenCells.of(all, two).orElseThrow();
      CellSource some = new CellView(all, chosen, "taken");
      assertThat(some.onDisk("").orElseThrow().inMemory()).isFalse();
      assertThat(some.counts("").slice(0, 2))
          .usingRecursiveComparison()
          .isEqualTo(Samples.counts().pick(new int[] {0, 2}));
    }
  }

  @Test
  void aFileThatChangedSinceIsTold() throws IOException {
    Path file = PreparedSamples.ofOne(folder);
    Path prepared = PreparedSamples.prepare(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(12_345_000));
    try (CellSource cells = Formats.open(prepared)) {
      assertThat(cells.notes())
          .element(1)
          .isEqualTo(
              "changed since %s was prepared from it: %s".formatted(prepared, file.toRealPath()));
    }
    Files.delete(file);
    try (CellSource cells = Formats.open(prepared)) {
      assertThat(cells.notes()).hasSize(1);
    }
  }

  @Test
  void ofSomeModalitiesThoseWithCountsAreTaken() {
    Path file = PreparedSamples.ofTwo(folder);
    Path prepared = PreparedSamples.prepare(file);
    assertThat(names(prepared, List.of(), CellJoin.UNION))
        .isEqualTo(names(file, List.of(), CellJoin.UNION))
        .containsExactly("cell0", "cell1", "cell2", "cell3", "cell4", "cell5");
    assertThat(names(prepared, List.of("b"), CellJoin.UNION))
        .containsExactly("cell2", "cell4", "cell5");
    assertThat(names(prepared, List.of(), CellJoin.INTERSECTION)).containsExactly("cell2");
    try (CellSource found = Formats.open(prepared);
        CellSource expected = Formats.open(file)) {
      for (String name : List.of("a", "b")) {
        assertThat(found.counts(name).digest()).isEqualTo(expected.counts(name).digest());
      }
    }
    assertThatThrownBy(() -> names(prepared, List.of("c"), CellJoin.UNION))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'c'");
    assertThatThrownBy(() -> names(prepared, Selection.ONE_MODALITY, CellJoin.UNION))
        .isInstanceOf(InputException.class);
  }

  private static List<String> names(Path file, List<String> modalities, CellJoin join) {
    Selection selection = new Selection(modalities, join, Map.of(), CountChecks.INTEGERS);
    try (CellSource cells = Formats.open(file, selection)) {
      for (String name : cells.modalities()) {
        assertThat(cells.counts(name).rows()).isEqualTo(cells.cells().nObs());
      }
      return cells.cells().obsNames();
    }
  }

  @Test
  void fractionsAreAskedForAgain() {
    Path file = Samples.write(folder, 1, 0.5f, 2, 3, 4);
    Selection fractions =
        new Selection(List.of(), CellJoin.UNION, Map.of(), CountChecks.ALLOW_NON_INTEGER);
    Path prepared = folder.resolve("fractions.rvi");
    try (CellSource cells = Formats.open(file, fractions)) {
      Formats.preparer().write(cells, prepared, IfExists.REFUSE, _ -> {});
    }
    try (CellSource cells = Formats.open(prepared)) {
      assertThatThrownBy(() -> cells.counts(""))
          .isInstanceOf(InputException.class)
          .hasMessage(
              prepared
                  + " has counts that are not whole; expected whole counts, or --allow-non-integer.");
    }
    try (CellSource cells = Formats.open(prepared, fractions);
        CellSource expected = Formats.open(file, fractions)) {
      assertThat(cells.counts("").digest()).isEqualTo(expected.counts("").digest());
    }
  }

  @Test
  void aCopyHasTheCounts() {
    Path file = PreparedSamples.ofOne(folder);
    Path prepared = PreparedSamples.prepare(file);
    Path out = folder.resolve("out.h5ad");
    try (CellSource cells = Formats.open(prepared)) {
      cells.write(Destination.file(out), TableAdditions.shared(List.of()), IfExists.REFUSE);
      assertThatThrownBy(
              () ->
                  cells.requireWritable(
                      Destination.file(prepared.resolve("x.h5ad")), IfExists.REFUSE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("lie one in the other");
      assertThatThrownBy(
              () ->
                  cells.requireWritable(
                      Destination.file(folder.resolve("x.h5mu")), IfExists.REFUSE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "is a folder of prepared cells (.rvi), which is only read, and its cells go into a new file");
    }
    try (CellSource copy = Formats.open(out);
        CellSource expected = Formats.open(file);
        AnnDataFile tables = AnnDataFile.open(out)) {
      assertThat(copy.counts("").digest()).isEqualTo(expected.counts("").digest());
      assertThat(tables.obsmKeys()).containsExactly("X_pca");
      assertThat(tables.obsColumns()).isEqualTo(expected.cells().obsColumns());
    }
  }

  @Test
  void choicesComeBackFromJson() {
    InputChoices choices =
        new InputChoices(
            CountPlaces.of(Map.of("rna", CountSource.layer("counts"), "atac", CountSource.raw())),
            new FeatureNames(Optional.of("ids"), Map.of("atac", "peaks"), true, false),
            FeatureChoice.all(),
            new CellChoice(
                OptionalInt.of(7),
                Map.of("atac", 3),
                OptionalInt.empty(),
                Map.of(),
                List.of("a=b", "c!=d")));
    assertThat(StoredChoices.read(StoredChoices.of(choices))).isEqualTo(choices);
    InputChoices none = InputChoices.defaults();
    assertThat(StoredChoices.of(none)).isEmpty();
    assertThat(StoredChoices.read(StoredChoices.of(none))).isEqualTo(none);
  }

  @Test
  void columnsThatCannotBeReadAreToldAndLeftOut() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.group("obs/strange");
              out.attribute("obs/strange", "encoding-type", "unheard-of");
              out.attribute("obs", "column-order", List.of("strange"));
            });
    Path prepared = folder.resolve("strange.rvi");
    List<String> told = new ArrayList<>();
    try (CellSource cells = Formats.open(file)) {
      Formats.preparer().write(cells, prepared, IfExists.REFUSE, told::add);
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).startsWith("'strange' in obs is left out: ").contains("unheard-of");
    try (CellSource cells = Formats.open(prepared)) {
      assertThat(cells.cells().obsColumns()).isEmpty();
    }
  }
}
