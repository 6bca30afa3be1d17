package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.anndata.encoding.NewFile;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;

/** Commands after training take of a file what the model was trained on. */
final class InputChoicesTest {
  private static final Path MULTIOME = Path.of("src/test/resources/mudata/multiome.h5mu");

  @TempDir Path dir;

  private Cli train(Path cells, String layer, Path model) {
    return Cli.run(
        "train", cells, "--layer", layer, "--model-dir", model, "--max-epochs", 1, "--n-hidden", 4);
  }

  private static Cli embed(Path cells, Path model, Path out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("embed", cells, "--model-dir", model, "--out", out));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  /** Writes logarithms of some genes in X and counts of all in raw, as scanpy leaves them. */
  private Path withRaw(String name, List<String> genes) {
    Path file = TinyData.write(dir.resolve(name), genes, "a", "b");
    try (H5Output out = H5Output.append(file);
        CellSource all = Formats.open(whole())) {
      float[] values = out.reader().floats("X/data");
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.log1p(values[i]);
      }
      out.delete("X/data");
      out.floats("X/data", new long[] {values.length}, values, Storage.PLAIN);
      out.group("raw");
      Counts counts = all.counts("");
      NewFile.write(out.within("raw"), counts, all.cells().obsNames(), TinyData.genes());
      for (String other : List.of("obs", "layers", "obsm", "obsp", "uns", "varm", "varp")) {
        out.delete("raw/" + other);
      }
    }
    return file;
  }

  private Path whole() {
    Path whole = dir.resolve("whole.h5ad");
    return Files.exists(whole) ? whole : TinyData.write(whole, TinyData.genes(), "a", "b");
  }

  private static Cli trainRaw(Path cells, Path out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("train", cells, "--out", out));
    all.addAll(List.of("--max-epochs", 1, "--n-hidden", 4));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  @Test
  void countsInRawHaveFeaturesOfTheirOwn() {
    Path cells = withRaw("cells.h5ad", TinyData.genes().subList(3, 9));
    Path out = dir.resolve("out.h5ad");
    Path model = dir.resolve("model");
    assertThat(trainRaw(cells, out).err())
        .contains("expected whole counts; raw holds whole numbers: --layer raw, or");
    Cli trained = trainRaw(cells, out, "--layer", "raw", "--model-dir", model);
    assertThat(trained.code()).as(trained.err()).isZero();
    Path same = dir.resolve("same.h5ad");
    assertThat(trainRaw(whole(), same).code()).isZero();
    try (AnnDataFile found = AnnDataFile.open(out);
        AnnDataFile expected = AnnDataFile.open(same)) {
      AnnDataFile raw = found.at(CountSource.raw());
      assertThat(found.obsm("X_regularizedvi").values())
          .isEqualTo(expected.obsm("X_regularizedvi").values());
      assertThat(raw.varm("regularizedvi_background").values())
          .isEqualTo(expected.varm("regularizedvi_background").values());
      assertThat(found.varColumns()).isEmpty();
      assertThat(raw.counts(CountSource.x(), CountChecks.INTEGERS).inMemory().digest())
          .isEqualTo(expected.counts(CountSource.x(), CountChecks.INTEGERS).inMemory().digest());
    }
    Path corrected = dir.resolve("corrected.h5ad");
    Cli correct = Cli.run("correct", cells, "--model-dir", model, "--out", corrected);
    assertThat(correct.err()).startsWith("counts: raw, as in training\n");
    try (AnnDataFile found = AnnDataFile.open(corrected)) {
      assertThat(found.obsmKeys()).containsExactly("regularizedvi_corrected");
      assertThat(found.at(CountSource.raw()).varColumns())
          .containsExactly("regularizedvi_ambient_counts");
    }
  }

  /** As in CELLxGENE's files. No key is given, which the report says. */
  @Test
  void rawOfTheSameFeaturesNeedsNoPlacesOfItsOwn() {
    Path page = dir.resolve("run.html");
    Path cells = withRaw("cells.h5ad", TinyData.genes());
    Path out = dir.resolve("out.h5ad");
    assertThat(trainRaw(cells, out, "--layer", "raw", "--report", page).code()).isZero();
    assertThat(page).content().contains("no batch_key: all cells are one group");
    try (AnnDataFile found = AnnDataFile.open(out)) {
      assertThat(found.varm("regularizedvi_background").rows()).isEqualTo(TinyData.GENES);
    }
  }

  /** X of modality rna is normalised. */
  @Test
  void theLayerThatAModelWasTrainedOnIsReadAgain() {
    Path model = dir.resolve("model");
    assertThat(train(MULTIOME, "rna=counts", model).code()).isZero();
    Cli embedded = embed(MULTIOME, model, dir.resolve("embedded.h5mu"));
    assertThat(embedded.code()).as(embedded.err()).isZero();
    assertThat(embedded.err()).startsWith("counts of rna: layer 'counts', as in training\n");
    Cli missing = embed(MULTIOME, model, dir.resolve("other.h5mu"), "--layer", "rna=X");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("X").contains("expected whole counts");
  }

  @Test
  void aFileWithoutTheLayerHasItsCountsInX() {
    Path cells = TinyData.write(dir.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path layered = TinyData.withLayer("spliced", cells, dir.resolve("layered.h5ad"));
    Path model = dir.resolve("model");
    assertThat(train(layered, "spliced", model).code()).isZero();
    assertThat(embed(cells, model, dir.resolve("out.h5ad")).err())
        .startsWith(
            "counts: X, as %s has no layer 'spliced', which the model was trained on\nembedded"
                .formatted(cells));
    assertThat(embed(cells, model, dir.resolve("given.h5ad"), "--layer", "X").err())
        .startsWith("embedded 60 cells");
  }
}
