package org.regularizedvi.formats.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.input.InputException;

/** A copy reaches its place whole or not at all, and never where it must not. */
class TargetTest {
  private static final List<Addition> ADDITIONS =
      List.of(new Addition.Uns("note", new Tree.Text("new")));

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void input() {
    input = Samples.write(folder);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> copying(Path target, IfExists ifExists) {
    return assertThatThrownBy(() -> AnnDataCopy.write(input, target, ADDITIONS, ifExists))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(target.toString());
  }

  @Test
  void inputItself() throws IOException {
    byte[] before = Files.readAllBytes(input);
    copying(input, IfExists.REPLACE).hasMessageContaining("is the input");
    Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic.h5ad"), input);
    copying(symbolic, IfExists.REPLACE).hasMessageContaining("is the input");
    Path hard = Files.createLink(folder.resolve("hard.h5ad"), input);
    copying(hard, IfExists.REPLACE).hasMessageContaining("is the input");
    assertThat(Files.readAllBytes(input)).isEqualTo(before);
  }

  @Test
  void folderThatDoesNotExistIsMade() {
    Path target = folder.resolve("no/such/out.h5ad");
    Formats.requireOutput(input, target, IfExists.REFUSE);
    assertThat(folder.resolve("no")).doesNotExist();
    AnnDataCopy.write(input, target, List.of(), IfExists.REFUSE);
    assertThat(target).isRegularFile();
  }

  @Test
  void fileAsFolder() {
    copying(input.resolve("out.h5ad"), IfExists.REFUSE).hasMessageContaining("is not a folder");
    copying(input.resolve("no/out.h5ad"), IfExists.REFUSE).hasMessageContaining("is not a folder");
  }

  @Test
  void folderAsTarget() throws IOException {
    copying(Files.createDirectory(folder.resolve("out.h5ad")), IfExists.REPLACE)
        .hasMessageContaining("it is a folder");
  }

  @Test
  void targetCanBeCheckedBeforeAnyWork() {
    assertThatThrownBy(() -> Formats.requireOutput(input, input, IfExists.REPLACE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is the input");
    Formats.requireOutput(input, folder.resolve("out.h5ad"), IfExists.REFUSE);
    assertThat(folder.resolve("out.h5ad")).doesNotExist();
  }

  @Test
  void existingTargetNeedsOverwrite() throws IOException {
    Path target = Files.writeString(folder.resolve("out.h5ad"), "mine");
    copying(target, IfExists.REFUSE).hasMessageContaining("it exists");
    assertThat(target).hasContent("mine");
    AnnDataCopy.write(input, target, ADDITIONS, IfExists.REPLACE);
    try (AnnDataFile file = AnnDataFile.open(target)) {
      assertThat(file.uns("note")).contains(new Tree.Text("new"));
    }
  }

  @Test
  void failureLeavesTheOldTargetAndNothingElse() throws IOException {
    Path target = Files.writeString(folder.resolve("out.h5ad"), "mine");
    Addition bad = new Addition.Uns("a/b", new Tree.Text("c"));
    assertThatThrownBy(() -> AnnDataCopy.write(input, target, List.of(bad), IfExists.REPLACE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'a/b'");
    assertThat(target).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out.h5ad", "sample.h5ad");
  }

  @Test
  void wrongNumberOfRowsIsABugOfTheCaller() {
    Addition wrong = new Addition.Obsm("X_rv", new FloatMatrix(2, 1, new float[2]));
    Path target = folder.resolve("out.h5ad");
    assertThatThrownBy(() -> AnnDataCopy.write(input, target, List.of(wrong), IfExists.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'X_rv' has 2 rows, the file 3");
  }

  @Test
  void roomTakenForSafetyIsGivenBack() throws IOException {
    Path target = folder.resolve("out.h5ad");
    AnnDataCopy.write(input, target, ADDITIONS, IfExists.REFUSE);
    assertThat(Files.size(input)).isLessThan(100_000);
    assertThat(Files.size(target)).isLessThan(Files.size(input) + 10_000);
  }

  @Test
  void nameOfTheIndexIsTaken() {
    Addition index = new Addition.ObsColumn("_index", new Column.Numbers(new double[3], true));
    assertThatThrownBy(
            () ->
                AnnDataCopy.write(input, folder.resolve("o.h5ad"), List.of(index), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row names");
  }

  @Test
  void readOnlyInputIsCopied() throws IOException {
    assertThat(input.toFile().setReadOnly()).isTrue();
    Path target = folder.resolve("out.h5ad");
    AnnDataCopy.write(input, target, ADDITIONS, IfExists.REFUSE);
    assertThat(target.toFile().canWrite()).isTrue();
  }

  @Test
  void secondAdditionOfAColumnReplacesTheFirst() {
    Path target = folder.resolve("out.h5ad");
    Column first = new Column.Categorical(new int[] {0, 0, 0}, List.of("a"), false);
    Column second = new Column.Numbers(new double[] {1, 2, 3}, true);
    AnnDataCopy.write(
        input,
        target,
        List.of(new Addition.ObsColumn("c", first), new Addition.ObsColumn("c", second)),
        IfExists.REFUSE);
    try (AnnDataFile file = AnnDataFile.open(target)) {
      assertThat(file.obsColumns()).containsExactly("c");
      assertThat(WrittenCheck.same(file.obs("c"), second)).isTrue();
    }
  }

  @Test
  void missingGroupsAreMade() {
    try (H5Output out = H5Output.append(input)) {
      out.delete("uns");
      out.delete("obsm");
    }
    Path target = folder.resolve("out.h5ad");
    FloatMatrix matrix = new FloatMatrix(3, 1, new float[] {1, 2, 3});
    AnnDataCopy.write(
        input,
        target,
        List.of(ADDITIONS.getFirst(), new Addition.Obsm("X", matrix)),
        IfExists.REFUSE);
    try (AnnDataFile file = AnnDataFile.open(target)) {
      assertThat(file.obsm("X").values()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void comparisonSeesEveryDifference() {
    Tree a = new Tree.Dict(new LinkedHashMap<>(Map.of("k", new Tree.Reals(new double[] {1}))));
    Tree b = new Tree.Dict(new LinkedHashMap<>(Map.of("k", new Tree.Reals(new double[] {2}))));
    Tree nothing = new Tree.Dict(new LinkedHashMap<>(Map.of("k", new Tree.Nothing())));
    Tree empty = new Tree.Dict(new LinkedHashMap<>());
    assertThat(WrittenCheck.same(a, a)).isTrue();
    assertThat(WrittenCheck.same(a, b)).isFalse();
    assertThat(WrittenCheck.same(a, empty)).isFalse();
    assertThat(WrittenCheck.same(nothing, empty)).isTrue();
    assertThat(WrittenCheck.same(new Tree.Whole(1), new Tree.Real(1))).isFalse();
  }
}
