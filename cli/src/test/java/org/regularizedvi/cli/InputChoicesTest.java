package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
