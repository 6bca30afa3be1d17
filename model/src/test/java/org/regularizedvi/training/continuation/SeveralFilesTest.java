package org.regularizedvi.training.continuation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.samples.FeatureJoin;
import org.regularizedvi.samples.JoinedCells;
import org.regularizedvi.samples.Sample;
import org.regularizedvi.samples.Samples;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.TrainListener;

/**
 * A training on several files, which the run that goes on opens anew, ends in the bits of one that
 * nobody stopped.
 */
final class SeveralFilesTest {
  private static final TrainConfig TRAINING =
      TrainConfig.recommended().withMaxEpochs(3).withBatchSize(32);

  @TempDir private Path dir;

  @Test
  void ofASheet() throws IOException {
    Path sheet = Files.writeString(dir.resolve("s.csv"), "path,name\na.h5ad,one\nb.h5ad,two\n");
    write("a.h5ad", 60);
    write("b.h5ad", 40);
    assertSameBits(List.of(sheet));
  }

  @Test
  void givenOneByOne() throws IOException {
    assertSameBits(List.of(write("a.h5ad", 60), write("b.h5ad", 40)));
  }

  private Path write(String name, int cells) {
    CellData data = TestCells.of(cells, CovariateKeys.batch("batch"));
    ModalityCounts only = data.modalities().getFirst();
    List<String> names = IntStream.range(0, cells).mapToObj(n -> "cell" + n).toList();
    Path file = dir.resolve(name);
    Formats.write(
        file, NewCells.ofOne(only.counts(), names, only.features(), List.of()), IfExists.REFUSE);
    return file;
  }

  private void assertSameBits(List<Path> inputs) throws IOException {
    train(inputs, 0, dir.resolve("whole"));
    assertThatThrownBy(() -> train(inputs, 4, dir.resolve("never")))
        .isInstanceOf(StoppedException.class);
    train(inputs, 0, dir.resolve("resumed"));
    for (String file : List.of("model.safetensors", "model.json")) {
      assertThat(
              Files.mismatch(
                  dir.resolve("resumed").resolve(file), dir.resolve("whole").resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
  }

  /** Trains until so many steps are done, or to the end for 0; goes on where a run was stopped. */
  private void train(List<Path> inputs, int stop, Path to) {
    List<Sample> samples = Samples.of(inputs);
    List<CellSource> opened = samples.stream().map(sample -> Formats.open(sample.path())).toList();
    int[] asked = {0};
    try (CellSource cells = JoinedCells.of(samples, opened, FeatureJoin.INTERSECTION)) {
      CellData data = CellData.read(cells, CovariateKeys.batch("sample"));
      try (RegularizedModel model =
              AmbientRegularizedSCVI.setup(data, TestCells.smallModel(), 7, _ -> {});
          CheckpointFolder folder =
              CheckpointFolder.open(dir.resolve("m.checkpoint"), false, _ -> {})) {
        Checkpointing stopping = new Checkpointing(folder, 0, () -> ++asked[0] == stop, false);
        model.train(data, TRAINING, TrainListener.silent(), stopping);
        model.save(to, IfExists.REFUSE);
        folder.remove();
      }
    }
  }
}
