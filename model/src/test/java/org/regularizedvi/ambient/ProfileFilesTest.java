package org.regularizedvi.ambient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/** Cells of three batches, b0 to b2, and 1,100 genes, g0 and on. */
final class ProfileFilesTest {
  private static final CellData CELLS = TestCells.of(90, CovariateKeys.batch("batch"));
  private static final List<String> GENES = CELLS.modalities().getFirst().features();

  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table = write("soup.csv", "gene,counts", (g, _) -> Integer.toString(g % 5));
  }

  private interface Field {
    String of(int gene, int column);
  }

  /** Genes in the reverse order, after one that the cells do not have. */
  private Path write(String name, String header, Field field) throws IOException {
    String separator = name.endsWith(".csv") ? "," : "\t";
    int columns = header.split(separator).length;
    List<String> lines = new ArrayList<>(List.of(header));
    lines.add("elsewhere" + (separator + "1000").repeat(columns - 1));
    for (int i = GENES.size() - 1; i >= 0; i--) {
      int g = i;
      lines.add(
          IntStream.range(1, columns)
              .mapToObj(column -> field.of(g, column))
              .collect(Collectors.joining(separator, GENES.get(g) + separator, "")));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private FloatMatrix read(ProfileFiles.Given... given) {
    return read(DropletRange.defaults(), given);
  }

  private FloatMatrix read(DropletRange range, ProfileFiles.Given... given) {
    return new ProfileFiles(List.of(given), range)
        .read(CELLS, List.of(""), Formats::open, said::add)
        .of("")
        .orElseThrow();
  }

  private void refused(String message, ProfileFiles.Given... given) {
    assertThatThrownBy(() -> read(given)).isInstanceOf(InputException.class).hasMessage(message);
  }

  private static ProfileFiles.Given all(Path file) {
    return new ProfileFiles.Given(Optional.empty(), file);
  }

  private static ProfileFiles.Given of(String category, Path file) {
    return new ProfileFiles.Given(Optional.of(category), file);
  }

  @Test
  void aTableOfOneColumnIsForAllCategories() {
    FloatMatrix shares = read(all(table));
    double sum = IntStream.range(0, GENES.size()).mapToDouble(g -> g % 5).sum();
    for (int c = 0; c < 3; c++) {
      assertThat(shares.at(4, c)).isCloseTo((float) (4 / sum), within(1e-9f));
      assertThat(shares.at(5, c)).isZero();
    }
  }

  @Test
  void aColumnOfItsNameIsForACategoryAndOthersMayHaveFilesOfTheirOwn() throws IOException {
    Path several =
        write("soups.tsv", "gene\tb2\tb0", (g, column) -> column == 1 ? "1" : g == 7 ? "3" : "0");
    FloatMatrix shares = read(of("b1", table), all(several));
    assertThat(shares.at(7, 0)).isEqualTo(1);
    assertThat(shares.at(5, 1)).isZero();
    assertThat(shares.at(5, 2)).isCloseTo(1f / GENES.size(), within(1e-9f));
  }

  @Test
  void dropletsOfFewCountsAreAddedUp() throws IOException {
    Path raw = droplets(new int[][] {{0}, {3, 0, 1}, {0, 2}, {0, 0, 99}, {0, 0, 101}, {500, 500}});
    FloatMatrix shares = read(all(raw));
    assertThat(Arrays.copyOf(column(shares, 1), 4))
        .containsExactly(3f / 105, 2f / 105, 100f / 105, 0);
    assertThat(said)
        .containsExactly(
            "ambient profile: 3 of 6 droplets of %s with 1 to 100 counts, 105 in all"
                .formatted(raw));
    assertThat(column(read(new DropletRange(3, 50), all(raw)), 0)).startsWith(0.75f, 0, 0.25f);
  }

  /** Files of a raw matrix of 10x Genomics: the first counts of each droplet, all else 0. */
  private Path droplets(int[][] counts) throws IOException {
    Path raw = Files.createDirectories(folder.resolve("raw_feature_bc_matrix"));
    List<String> entries = new ArrayList<>();
    for (int n = 0; n < counts.length; n++) {
      for (int g = 0; g < counts[n].length; g++) {
        if (counts[n][g] > 0) {
          entries.add("%d %d %d".formatted(g + 1, n + 1, counts[n][g]));
        }
      }
    }
    Files.writeString(
        raw.resolve("matrix.mtx"),
        "%%%%MatrixMarket matrix coordinate integer general\n%d %d %d\n%s\n"
            .formatted(GENES.size(), counts.length, entries.size(), String.join("\n", entries)));
    Files.write(
        raw.resolve("barcodes.tsv"),
        IntStream.range(0, counts.length).mapToObj(n -> "droplet" + n).toList());
    Files.write(
        raw.resolve("features.tsv"),
        GENES.stream().map(gene -> "id_%s\t%s\tGene Expression".formatted(gene, gene)).toList());
    return raw;
  }

  private static float[] column(FloatMatrix shares, int column) {
    float[] values = new float[shares.rows()];
    for (int g = 0; g < values.length; g++) {
      values[g] = shares.at(g, column);
    }
    return values;
  }

  @Test
  void aMatrixWithoutEmptyDropletsIsRefused() throws IOException {
    Path cells = droplets(new int[][] {{200}, {0, 300}});
    refused(
        "None of 2 droplets of %s has 1 to 100 counts; expected a matrix of all droplets, empty ones among them (raw_feature_bc_matrix)."
            .formatted(cells),
        all(cells));
  }

  @Test
  void aTableThatLacksFeaturesOrCountsIsRefused() throws IOException {
    Path few = Files.writeString(folder.resolve("few.csv"), "gene,share\ng1,0.5\ng2,0.5\n");
    refused(
        "The ambient profile %s has no 'g0' and lacks 1,098 features in all; expected all of the 1,100 features that the model is trained on."
            .formatted(few),
        all(few));
    Path none = write("none.csv", "gene,counts", (_, _) -> "0");
    refused(
        "The ambient profile %s holds nothing of the features that the model is trained on; expected counts or shares above 0."
            .formatted(none),
        all(none));
    Path wrong = write("wrong.csv", "gene,counts", (g, _) -> g == 9 ? "-1" : "1");
    refused(
        "%s has '-1' as counts of the feature 'g9'; expected a number of at least 0."
            .formatted(wrong),
        all(wrong));
    Path twice = Files.writeString(folder.resolve("twice.csv"), "gene,share\ng1,1\ng1,1\n");
    refused("%s has the feature 'g1' twice; expected each once.".formatted(twice), all(twice));
    Path empty = Files.writeString(folder.resolve("empty.csv"), "gene\ng1\n");
    refused(
        "%s is no table of an ambient profile; expected a line of names of columns, and lines of a feature and its counts or shares."
            .formatted(empty),
        all(empty));
    Path others = write("others.csv", "gene,b0,b1", (_, _) -> "1");
    refused(
        "%s has the columns b0, b1, but none is named 'b2'; expected a single column of counts or shares, or one for each category."
            .formatted(others),
        all(others));
  }

  @Test
  void everyCategoryNeedsOneFile() {
    refused(
        "ambient_profile has no file for 'b1', a category of 'batch'; expected b1=FILE, or a FILE for all that have none.",
        of("b0", table));
    refused(
        "ambient_profile names 'b9', which is no category of 'batch'; the nearest are 'b0', 'b1', 'b2'; all are [b0, b1, b2].",
        of("b9", table));
    refused(
        "ambient_profile names two files for 'b0', %s and x.csv; expected one.".formatted(table),
        of("b0", table),
        of("b0", Path.of("x.csv")));
    refused(
        "ambient_profile names two files for all categories, %s and x.csv; expected one."
            .formatted(table),
        all(table),
        all(Path.of("x.csv")));
  }

  @Test
  void severalAmbientKeysAndNoBackgroundAreRefused() {
    CellData two =
        TestCells.of(
            90,
            CovariateKeys.none()
                .withAmbient("batch", "donor")
                .withDispersion("batch")
                .withLibrarySize("batch"));
    ProfileFiles files = new ProfileFiles(List.of(all(table)), DropletRange.defaults());
    assertThatThrownBy(() -> files.read(two, List.of(""), Formats::open, said::add))
        .hasMessage("ambient_profile is for one ambient key, but there are 2: batch, donor.");
    assertThatThrownBy(() -> files.read(CELLS, List.of(), Formats::open, said::add))
        .hasMessageStartingWith("ambient_profile is given, but no modality has a background");
    assertThat(ProfileFiles.none().read(two, List.of(""), Formats::open, said::add).of(""))
        .isEmpty();
  }

  @Test
  void aRangeIsOfCounts() {
    assertThatThrownBy(() -> new DropletRange(0, 10))
        .hasMessage("ambient_profile_min_counts must be at least 1, but is 0.");
    assertThatThrownBy(() -> new DropletRange(20, 10))
        .hasMessage(
            "ambient_profile_max_counts must be at least ambient_profile_min_counts, 20, but is 10.");
  }
}
