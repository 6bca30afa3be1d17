package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;

/** Files of several formats are one data set, as if somebody had joined them into one file. */
final class SeveralInputsTest {
  /** Cells of each of the two folders; names repeat from folder to folder, as barcodes do. */
  private static final int CELLS = 30;

  private static final List<String> GENES = names("gene", 0, 20);

  /** Lacks the first two genes, has two others, and has them in another order. */
  private static final List<String> OTHERS = names("gene", 2, 22).reversed();

  private static final List<String> SHARED = names("gene", 2, 20);

  @TempDir private Path folder;
  private Path first;
  private Path second;
  private Path third;

  private static List<String> names(String before, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> before + i).toList();
  }

  @BeforeEach
  void write() throws IOException {
    first = tenx("a/outs/filtered_feature_bc_matrix", 0);
    second = tenx("b/outs/filtered_feature_bc_matrix", 7);
    third = TinyData.write(folder.resolve("c.h5ad"), 20, OTHERS, "x", "y");
  }

  private static int count(int cell, int gene) {
    return Math.max(0, (cell * 31 + gene * 17) % 11 - 5);
  }

  private Path tenx(String name, int shift) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    List<String> entries = new ArrayList<>();
    for (int cell = 0; cell < CELLS; cell++) {
      for (int gene = 0; gene < GENES.size(); gene++) {
        if (count(cell + shift, gene) > 0) {
          entries.add("%d %d %d".formatted(gene + 1, cell + 1, count(cell + shift, gene)));
        }
      }
    }
    Files.writeString(
        place.resolve("matrix.mtx"),
        "%%%%MatrixMarket matrix coordinate integer general\n%d %d %d\n%s\n"
            .formatted(GENES.size(), CELLS, entries.size(), String.join("\n", entries)));
    Files.write(place.resolve("barcodes.tsv"), names("cell", 0, CELLS));
    Files.write(
        place.resolve("features.tsv"),
        GENES.stream().map(gene -> "id_%s\t%1$s\tGene Expression".formatted(gene)).toList());
    return place;
  }

  private Path sheet(String text) throws IOException {
    return Files.writeString(folder.resolve("samples.csv"), text);
  }

  /** Writes the file that the three inputs would be if somebody had joined them before. */
  private Path joinedByHand() {
    List<SparseRows> blocks = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Integer> codes = new ArrayList<>();
    for (Path input : List.of(first, second, third)) {
      try (CellSource cells = Formats.open(input)) {
        int[] placeOf = cells.features("").varNames().stream().mapToInt(SHARED::indexOf).toArray();
        SparseRows rows = cells.counts("").slice(0, cells.cells().nObs());
        blocks.add(rows.withColumns(placeOf, SHARED.size()));
        String sample = List.of("a", "b", "c").get(codes.isEmpty() ? 0 : codes.getLast() + 1);
        cells.cells().obsNames().forEach(name -> names.add(name + "-" + sample));
        int code = codes.isEmpty() ? 0 : codes.getLast() + 1;
        cells.cells().obsNames().forEach(_ -> codes.add(code));
      }
    }
    Column sample =
        new Column.Categorical(
            codes.stream().mapToInt(Integer::intValue).toArray(), List.of("a", "b", "c"), false);
    Path file = folder.resolve("by_hand.h5ad");
    Formats.write(
        file,
        NewCells.ofOne(
            CountsInMemory.of(SHARED.size(), blocks),
            names,
            SHARED,
            List.of(new Addition.ObsColumn("sample", sample))),
        IfExists.REFUSE);
    return file;
  }

  /**
   * Returns arguments with which nothing looks through files before they are read, which takes
   * long.
   */
  private static Object[] trusting(Object... arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--trust-input";
    return all;
  }

  private static Cli done(Object... arguments) {
    Cli cli = Cli.run(trusting(arguments));
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  private static Object[] train(List<Path> inputs, Path out, Path model) {
    List<Object> all = new ArrayList<>(List.of("train"));
    all.addAll(inputs);
    all.addAll(List.of("--out", out, "--model-dir", model, "--batch-key", "sample"));
    all.addAll(List.of("--max-epochs", 1, "--n-hidden", 16, "--n-latent", 3));
    return all.toArray();
  }

  private static FloatMatrix latent(Path file) {
    try (CellSource cells = Formats.open(file)) {
      return cells.obsm("X_regularizedvi");
    }
  }

  @Test
  void trainedAndEmbeddedTheyGiveTheBitsOfOneFile() {
    Path byHand = joinedByHand();
    Path one = folder.resolve("one.h5ad");
    Path several = folder.resolve("several.h5ad");
    Path model = folder.resolve("model");
    done(train(List.of(byHand), one, folder.resolve("model_of_one")));
    Cli cli = done(train(List.of(first, second, third), several, model));
    assertThat(cli.err())
        .contains("80 cells of 3 files: a 30, b 30, c 20")
        .contains("18 features are in every file", "a 2, b 2, c 2", "--join-features union")
        .contains("as in 'cell0-a'");
    assertThat(latent(several).values()).isEqualTo(latent(one).values());
    try (CellSource made = Formats.open(several);
        CellSource hand = Formats.open(byHand)) {
      assertThat(made.cells().obsNames()).isEqualTo(hand.cells().obsNames());
      assertThat(made.features("").varNames()).isEqualTo(SHARED);
      assertThat(made.counts("").digest()).isEqualTo(hand.counts("").digest());
      assertThat(made.cells().obsColumns()).contains("sample", "batch", "age");
      Column.Numbers age = (Column.Numbers) made.cells().obs("age");
      assertThat(age.values()[0]).isNaN();
      assertThat(age.values()[2 * CELLS + 1]).isEqualTo(1);
    }
    embedsACopyOfEach(model, latent(one));
  }

  private void embedsACopyOfEach(Path model, FloatMatrix expected) {
    Path copies = folder.resolve("copies");
    Object[] embed = {"embed", first, second, third, "--model-dir", model, "--out-dir", copies};
    done(embed);
    int at = 0;
    for (String name : List.of("a", "b", "c")) {
      float[] own = latent(copies.resolve(name + ".h5ad")).values();
      assertThat(own).isEqualTo(Arrays.copyOfRange(expected.values(), at, at + own.length));
      at += own.length;
    }
    try (CellSource copy = Formats.open(copies.resolve("c.h5ad"))) {
      assertThat(copy.features("").varNames()).isEqualTo(OTHERS);
      assertThat(copy.cells().obsColumns()).contains("sample", "batch");
    }
    assertThat(Cli.run(trusting(embed)).refusal()).contains("a.h5ad", "it exists");
    done("correct", first, third, "--model-dir", model, "--out-dir", folder.resolve("corrected"));
  }

  @Test
  void aSheetSaysWhatFilesDoNot() throws IOException {
    Path sheet =
        sheet(
            "\uFEFFpath,name,donor,age\r\n%s,one,\"D,1\",3\r\nc.h5ad,two,D2,\r\n"
                .formatted(folder.relativize(first)));
    Path out = folder.resolve("out.h5ad");
    done(train(List.of(sheet), out, folder.resolve("model")));
    try (CellSource made = Formats.open(out)) {
      assertThat(texts(made.cells().obs("sample"))).containsExactly("one", "two");
      assertThat(texts(made.cells().obs("donor"))).containsExactly("D,1", "D2");
      assertThat(((Column.Numbers) made.cells().obs("age")).values())
          .startsWith(3)
          .endsWith(Double.NaN);
      assertThat(made.cells().obsNames().getFirst()).isEqualTo("cell0-one");
    }
  }

  private static List<String> texts(Column column) {
    Column.Categorical own = (Column.Categorical) column;
    return Arrays.stream(own.codes()).distinct().mapToObj(own.categories()::get).toList();
  }

  @Test
  void aUnionHasAllFeatures() {
    Cli cli = done("check", first, third, "--join-features", "union");
    assertThat(cli.err()).contains("22 features are in any file", "a 2, c 2");
    assertThat(cli.out()).contains("50 cells x 22 features");
  }

  @Test
  void aLayerIsOfTheFilesThatHaveLayers() throws IOException {
    Path layered = TinyData.withLayer("counts", third, folder.resolve("layered.h5ad"));
    Path out = folder.resolve("out.h5ad");
    Path model = folder.resolve("model");
    Object[] train = train(List.of(first, layered), out, model);
    Cli trained = done(with(train, "--layer", "counts"));
    assertThat(trained.err())
        .contains(
            "a: counts: X, as a 10x folder (matrix.mtx, features.tsv, barcodes.tsv) has no layers");
    Path again = folder.resolve("again.h5ad");
    Cli embedded = done("embed", first, layered, "--model-dir", model, "--out", again);
    assertThat(embedded.err())
        .contains("counts: X, as %s has no layer 'counts'".formatted(first), "as in training");
    assertThat(latent(again).values()).isEqualTo(latent(out).values());
    assertThat(refusal("check", first, third, "--layer", "counts"))
        .contains("c.h5ad has no layer 'counts'");
    assertThat(refusal("check", first, second, "--layer", "counts"))
        .isEqualTo(
            "layer is given, but no file of the data set of 2 files (a, b) has layers; expected an input that has, or no --layer.");
  }

  private static Object[] with(Object[] arguments, Object... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
  }

  @Test
  void columnsOfSingleModalitiesAreWritten() throws IOException {
    Path one = Path.of("src/test/resources/mudata/multiome.h5mu");
    Path other = Files.copy(one, folder.resolve("other.h5mu"));
    Path out = folder.resolve("out.h5mu");
    done(with(train(List.of(one, other), out, folder.resolve("model")), "--layer", "rna=counts"));
    try (CellSource before = Formats.open(one);
        CellSource after = Formats.open(out)) {
      for (String modality : before.modalities()) {
        CellTable own = before.cells().ofModality(modality).orElseThrow();
        CellTable joined = after.cells().ofModality(modality).orElseThrow();
        assertThat(joined.obsColumns()).containsAll(own.obsColumns());
        assertThat(labels(joined.obs("batch")))
            .isEqualTo(Stream.of(own, own).flatMap(t -> labels(t.obs("batch")).stream()).toList());
      }
    }
  }

  private static List<String> labels(Column column) {
    Column.Categorical own = (Column.Categorical) column;
    return Arrays.stream(own.codes())
        .mapToObj(code -> code < 0 ? "" : own.categories().get(code))
        .toList();
  }

  @Test
  void mistakesAreSentences() throws IOException {
    assertThat(refusal("check", first, third, "--batch-key", "batch"))
        .contains("has no column 'batch', which 1 of 2 files has", first.toString());
    assertThat(refusal("check", third, "--join-features", "union"))
        .contains("--join-features is for several inputs");
    assertThat(refusal("train", third, "--out-dir", folder.resolve("copies")))
        .contains("is the only one", "--out");
    assertThat(refusal("train", first, third, "--out", third, "--overwrite"))
        .contains("is the input itself");
    assertThat(refusal("train", first, third, "--out", folder.resolve("x.h5mu")))
        .contains("the output's name must end in .h5ad");
    assertThat(refusal("check", sheet("name\nx\n"))).contains("has no column 'path'");
    assertThat(refusal("check", sheet("path,name\nc.h5ad,x\na/outs,x\n")))
        .contains("are both samples named 'x'");
    assertThat(refusal("check", sheet("path,name\nc.h5ad,x,y\n")))
        .contains("3 fields in row 1; expected 2");
    assertThat(refusal("check", sheet("path,name\nno-such.h5ad,x\n"))).contains("There is no file");
    Path multiome = Path.of("src/test/resources/mudata/multiome.h5mu");
    assertThat(refusal("check", third, multiome))
        .contains("has one modality without a name, but", "has the modalities atac and rna");
  }

  private static String refusal(Object... arguments) {
    return Cli.run(trusting(arguments)).refusal();
  }
}
