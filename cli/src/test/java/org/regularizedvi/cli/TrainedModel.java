package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small model that {@code train} made, with the file of its cells.
 *
 * @param where options that say where the file has its counts
 */
record TrainedModel(Path input, Path folder, List<Object> where) {
  private static final Path MULTIOME = Path.of("src/test/resources/mudata/multiome.h5mu");

  /** Of one modality: 60 cells of the batches a and b, on which the decoder is conditioned. */
  static TrainedModel ofTinyCells(Path dir) {
    Path input = TinyData.write(dir.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    return train(
        new TrainedModel(input, dir.resolve("model"), List.of()),
        List.of("--max-epochs", 3, "--n-latent", 4, "--nn-conditioning-covariate-keys", "batch"));
  }

  /** Of two modalities: 75 cells, some without one of them. */
  static TrainedModel ofMultiome(Path dir) {
    return train(
        new TrainedModel(MULTIOME, dir.resolve("multiome_model"), List.of("--layer", "rna=counts")),
        List.of("--max-epochs", 2, "--n-latent", "rna=5,atac=3", "--batch-size", 32));
  }

  private static TrainedModel train(TrainedModel model, List<Object> options) {
    List<Object> all = new ArrayList<>(List.of("--batch-key", "batch", "--n-hidden", 16));
    all.addAll(options);
    Cli trained = model.run("train", all);
    assertThat(trained.code()).as(trained.err()).isZero();
    return model;
  }

  /** Asks it with a command about its cells. */
  Cli ask(String command, Path out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("--out", out));
    all.addAll(List.of(more));
    return run(command, all);
  }

  private Cli run(String command, List<Object> options) {
    List<Object> all = new ArrayList<>(List.of(command, input, "--model-dir", folder));
    all.addAll(where);
    all.addAll(options);
    return Cli.run(all.toArray());
  }
}
