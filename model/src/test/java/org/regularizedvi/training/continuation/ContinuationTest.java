package org.regularizedvi.training.continuation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PlateauConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.History;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.RegularizedMultimodalVI;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.TrainListener;

final class ContinuationTest {
  private static final CovariateKeys KEYS =
      CovariateKeys.batch("batch").withNnConditioning("donor").withNnContinuous("number");

  /** 90 cells to train on: 3 steps an epoch, 12 in all. */
  private static final TrainConfig TRAINING =
      TrainConfig.recommended().withMaxEpochs(4).withBatchSize(32).withNEpochsKlWarmup(2);

  private static final int STEPS = 12;

  /** Its rate is so high that the validation ELBO soon rises: an epoch before the last is kept. */
  private static final TrainConfig WORSENING =
      TRAINING.with(OptimiserConfig.published().withLr(1)).with(new EarlyStoppingConfig(45, 0));

  @TempDir Path dir;

  /** What this processor multiplies; not all have bfloat16. */
  private static Set<Precision> precisions() {
    return EnumSet.of(Precision.FLOAT32, Engines.current().resolve(Precision.AUTO));
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void stoppedAfterAnyStepItEndsInTheSameBits(Precision precision) throws IOException {
    TrainConfig training =
        TRAINING
            .with(precision)
            .with(new PlateauConfig(0.5, 0, 1e9, 1e-6))
            .with(new EarlyStoppingConfig(1, 1e9))
            .withComputePearson(true);
    uninterrupted(training);
    // Early stopping ends it after the ninth step; the tenth question comes when training is over.
    for (int at = 1; at <= 10; at++) {
      interrupted(single(), training, List.of(at));
      assertSameBits("stopped after %d steps, %s".formatted(at, precision));
    }
  }

  @Test
  void whatWasBestBeforeAStopIsStillKeptAfterIt() throws IOException {
    uninterrupted(WORSENING);
    try (RegularizedModel whole = RegularizedModel.load(dir.resolve("whole"))) {
      assertThat(whole.history().epochs()).isEqualTo(4);
      assertThat(whole.history().keptEpoch()).isEqualTo(2);
    }
    // The rate is constant, so that a training of two epochs is the beginning of one of four.
    try (RegularizedModel shorter = single()) {
      shorter.train(TestCells.of(100, KEYS), WORSENING.withMaxEpochs(2), TrainListener.silent());
      shorter.save(dir.resolve("shorter"), IfExists.REFUSE);
    }
    assertSameParameters("shorter", "two epochs alone");
    for (int at = 1; at <= STEPS + 1; at++) {
      interrupted(single(), WORSENING, List.of(at));
      assertSameBits("stopped after %d steps".formatted(at));
    }
  }

  @Test
  void stoppedTwiceAndOnMoreThreadsItEndsInTheSameBits() throws IOException {
    uninterrupted(TRAINING);
    int threads = Processor.threads();
    Processor.setThreads(3);
    try {
      interrupted(single(), TRAINING, List.of(2, 7));
    } finally {
      Processor.setThreads(threads);
    }
    assertSameBits("stopped twice");
  }

  @Test
  void severalModalitiesEndInTheSameBits() throws IOException {
    CellData data = TestCells.ofTwo(100, KEYS);
    MultimodalConfig config = new MultimodalConfig(smallModel(), MultimodalOptions.defaults());
    try (RegularizedModel model = RegularizedMultimodalVI.setup(data, config, 7, _ -> {})) {
      model.train(data, WORSENING, TrainListener.silent());
      model.save(dir.resolve("whole"), IfExists.REFUSE);
    }
    for (int stopAt : new int[] {8, 0}) {
      try (RegularizedModel model = RegularizedMultimodalVI.setup(data, config, 7, _ -> {});
          CheckpointFolder folder = open(false)) {
        if (stopAt > 0) {
          assertThatThrownBy(() -> train(model, data, WORSENING, folder, stopAt))
              .isInstanceOf(StoppedException.class);
        } else {
          train(model, data, WORSENING, folder, stopAt);
          model.save(dir.resolve("resumed"), IfExists.REPLACE);
          folder.remove();
        }
      }
    }
    assertSameBits("two modalities");
  }

  @Test
  void keepingCheckpointsChangesNothingAndTheLastTwoAreKept() throws IOException {
    uninterrupted(TRAINING);
    CellData data = TestCells.of(100, KEYS);
    try (RegularizedModel model = single();
        CheckpointFolder folder = open(false)) {
      model.train(
          data,
          TRAINING,
          TrainListener.silent(),
          new Checkpointing(folder, 1e-9, () -> false, false));
      model.save(dir.resolve("resumed"), IfExists.REPLACE);
      assertThat(names(dir.resolve("m.checkpoint")))
          .containsExactly("%06d".formatted(STEPS), "%06d".formatted(STEPS + 1), "lock");
      try (RegularizedModel kept =
          RegularizedModel.load(dir.resolve("m.checkpoint/%06d".formatted(STEPS + 1)))) {
        assertThat(kept.history().of("loss_train")).isEqualTo(model.history().of("loss_train"));
      }
      folder.remove();
    }
    assertThat(dir.resolve("m.checkpoint")).doesNotExist();
    assertSameBits("kept after every step");
  }

  @Test
  void aDamagedCheckpointIsPassedOverForTheOneBefore() throws IOException {
    uninterrupted(TRAINING);
    interruptOnce(single(), TRAINING, 5);
    interruptOnce(single(), TRAINING, 3); // 3 more
    Path newest = dir.resolve("m.checkpoint/000002/model.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);
    List<String> warnings = new ArrayList<>();
    try (RegularizedModel model = single();
        CheckpointFolder folder =
            CheckpointFolder.open(dir.resolve("m.checkpoint"), false, warnings::add)) {
      train(model, TestCells.of(100, KEYS), TRAINING, folder, 0);
      model.save(dir.resolve("resumed"), IfExists.REPLACE);
      folder.remove();
    }
    assertThat(warnings)
        .containsExactly(
            "The checkpoint %s is damaged: model.safetensors is not what SHA256SUMS says. It is passed over."
                .formatted(newest.getParent()));
    assertSameBits("from the older one");
  }

  @Test
  void everyDamageIsSeen() throws IOException {
    interruptOnce(single(), WORSENING, 5);
    Path kept = dir.resolve("m.checkpoint/000001");
    assertThat(names(kept)).contains("best.safetensors").hasSize(6);
    for (String name : names(kept)) {
      Path file = kept.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at += 1 + whole.length / 6) {
        byte[] bytes = whole.clone();
        bytes[at] ^= 4;
        Files.write(file, bytes);
        assertDamaged("%s, byte %d".formatted(name, at));
        Files.write(file, Arrays.copyOf(whole, at));
        assertDamaged("%s, cut at %d".formatted(name, at));
      }
      Files.delete(file);
      assertDamaged(name + " missing");
      Files.write(file, whole);
    }
    assertThat(KeptRun.open(kept).record().optimiserSteps()).isEqualTo(5);
  }

  private void assertDamaged(String how) {
    List<String> warnings = new ArrayList<>();
    try (CheckpointFolder folder =
        CheckpointFolder.open(dir.resolve("m.checkpoint"), false, warnings::add)) {
      assertThat(warnings).as(how).hasSize(1).first().asString().contains("is damaged");
      assertThat(folder.found(new RunFacts(new LinkedHashMap<>()), false)).isEmpty();
    }
  }

  @Test
  void anotherTrainingIsRefusedAndEachDifferenceNamed() throws IOException {
    interruptOnce(single(), TRAINING, 5);
    assertThatThrownBy(() -> interruptOnce(single(), TRAINING.withMaxEpochs(5), 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s holds a checkpoint of another training: max_epochs is 4 there and 5 here; give what it began with to go on, or --restart to remove it and begin anew."
                .formatted(dir.resolve("m.checkpoint")));
    CellData more = TestCells.of(101, KEYS);
    RegularizedModel other = AmbientRegularizedSCVI.setup(more, smallModel(), 8, _ -> {});
    try (other;
        CheckpointFolder folder = open(false)) {
      assertThatThrownBy(() -> train(other, more, TRAINING, folder, 0))
          .hasMessageMatching(
              ".*: seed is 7 there and 8 here, cells is 100 there and 101 here,"
                  + " data_digest is [0-9a-f]{12}\\.\\.\\. there and [0-9a-f]{12}\\.\\.\\. here,"
                  + " obs_digest .*, start_digest .*; give .*");
    }
    try (RegularizedModel model = single();
        CheckpointFolder folder = open(true)) {
      assertThat(names(dir.resolve("m.checkpoint"))).containsExactly("lock");
      History history = train(model, TestCells.of(100, KEYS), TRAINING, folder, 0);
      assertThat(history.epochs()).isEqualTo(4);
    }
  }

  @Test
  void otherLabelsOfTheSameCountsAreAnotherTraining() throws IOException {
    interruptOnce(single(), TRAINING, 5);
    CellData data = TestCells.of(100, KEYS);
    int[] shifted = IntStream.range(0, 100).map(n -> (n + 1) % 100).toArray();
    CellData other =
        new CellData(
            data.source(),
            data.modalities(),
            data.schema(),
            data.covariates().gather(shifted),
            data.choices());
    try (RegularizedModel model = AmbientRegularizedSCVI.setup(data, smallModel(), 7, _ -> {});
        CheckpointFolder folder = open(false)) {
      assertThatThrownBy(() -> train(model, other, TRAINING, folder, 0))
          .hasMessageMatching(".*training: obs_digest is [^,;]*; give .*");
    }
  }

  @Test
  void anotherProfileOfAmbientRnaIsAnotherTraining() throws IOException {
    CellData data = TestCells.of(100, KEYS);
    interruptOnce(withProfile(data, 3), TRAINING, 5);
    try (RegularizedModel other = withProfile(data, 4);
        CheckpointFolder folder = open(false)) {
      assertThatThrownBy(() -> train(other, data, TRAINING, folder, 0))
          .hasMessageMatching(
              ".*training: ambient_profile_digest is [^,;]*, start_digest .*; give .*");
    }
    try (RegularizedModel without = single();
        CheckpointFolder folder = open(false)) {
      assertThatThrownBy(() -> train(without, data, TRAINING, folder, 0))
          .hasMessageMatching(
              ".*ambient_profile_digest is [0-9a-f.]* there and not given here, .*");
    }
    try (RegularizedModel same = withProfile(data, 3);
        CheckpointFolder folder = open(false)) {
      assertThat(train(same, data, TRAINING, folder, 0).epochs()).isEqualTo(4);
    }
  }

  private static RegularizedModel withProfile(CellData data, int step) {
    float[] shares = new float[3 * TestCells.GENES];
    for (int g = 0; g < TestCells.GENES; g += step) {
      Arrays.fill(shares, 3 * g, 3 * g + 3, 1f / Math.ceilDiv(TestCells.GENES, step));
    }
    return AmbientRegularizedSCVI.setup(
        data,
        smallModel(),
        new AmbientProfiles(Map.of("", new FloatMatrix(TestCells.GENES, 3, shares))),
        7,
        _ -> {});
  }

  @Test
  void twoRunsCannotShareAFolder() {
    try (CheckpointFolder _ = open(false)) {
      assertThatThrownBy(() -> open(false))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "Another run keeps its checkpoints in %s; wait for its end, or choose another --model-dir."
                  .formatted(dir.resolve("m.checkpoint")));
    }
    assertThat(dir.resolve("m.checkpoint")).doesNotExist();
  }

  @Test
  void aTrainingThatDivergesNamesTermParameterAndLastGoodState() throws IOException {
    TrainConfig wild = TRAINING.with(OptimiserConfig.published().withLr(1e30));
    try (RegularizedModel model = single();
        CheckpointFolder folder = open(false)) {
      assertThatThrownBy(
              () ->
                  model.train(
                      TestCells.of(100, KEYS),
                      wild,
                      TrainListener.silent(),
                      new Checkpointing(folder, 1e-9, () -> false, false)))
          .isInstanceOf(InputException.class)
          .hasMessageMatching(
              "Training stopped at epoch 1, step 2: the loss is not finite \\(reconstruction [^ ]+, KL of z [^ ]+,"
                  + " KL of l [^ ]+ nats per cell\\); first to go were the .+ and the gradient of [a-zA-Z_.0-9 ]+\\."
                  + " Try a lower --lr than 1\\.0E30.*, and look for cells or features with extreme counts\\. The last"
                  + " good state is kept in .*/m.checkpoint/000001, a model folder: --resume-from it with a lower --lr"
                  + " and another --model-dir to go on\\.");
    }
    assertThat(names(dir.resolve("m.checkpoint"))).containsExactly("000001");
  }

  private static RegularizedModel single() {
    return AmbientRegularizedSCVI.setup(TestCells.of(100, KEYS), smallModel(), 7, _ -> {});
  }

  /** Without the prior of the decoder's weights, under which a large rate does no harm. */
  private static ModelConfig smallModel() {
    return TestCells.smallModel().with(new PenaltyConfig(0.1, 0, 0, 0));
  }

  private CheckpointFolder open(boolean restart) {
    return CheckpointFolder.open(
        dir.resolve("m.checkpoint"),
        restart,
        warning -> {
          throw new AssertionError(warning);
        });
  }

  private void uninterrupted(TrainConfig training) {
    CellData data = TestCells.of(100, KEYS);
    try (RegularizedModel model = single()) {
      model.train(data, training, TrainListener.silent());
      model.save(dir.resolve("whole"), IfExists.REFUSE);
    }
  }

  /** Stops after so many steps of each run in turn, and at last runs to the end. */
  private void interrupted(RegularizedModel first, TrainConfig training, List<Integer> stops)
      throws IOException {
    RegularizedModel next = first;
    for (int stop : stops) {
      interruptOnce(next, training, stop);
      next = single();
    }
    try (RegularizedModel model = next;
        CheckpointFolder folder = open(false)) {
      train(model, TestCells.of(100, KEYS), training, folder, 0);
      model.save(dir.resolve("resumed"), IfExists.REPLACE);
      folder.remove();
    }
    assertThat(dir.resolve("m.checkpoint")).doesNotExist();
  }

  private void interruptOnce(RegularizedModel fresh, TrainConfig training, int stop)
      throws IOException {
    try (RegularizedModel model = fresh;
        CheckpointFolder folder = open(false)) {
      train(model, TestCells.of(100, KEYS), training, folder, stop);
      throw new AssertionError("not stopped");
    } catch (StoppedException e) {
      assertThat(e.checkpoint()).isDirectory();
    }
  }

  /** Asks to stop after so many steps; 0 for never. */
  private static History train(
      RegularizedModel model,
      CellData data,
      TrainConfig training,
      CheckpointFolder folder,
      int stop) {
    int[] asked = {0};
    BooleanSupplier stopping = () -> ++asked[0] == stop;
    return model.train(
        data, training, TrainListener.silent(), new Checkpointing(folder, 0, stopping, false));
  }

  private void assertSameParameters(String model, String how) throws IOException {
    assertThat(
            Files.mismatch(
                dir.resolve(model).resolve("model.safetensors"),
                dir.resolve("whole/model.safetensors")))
        .as(how)
        .isEqualTo(-1);
  }

  private void assertSameBits(String how) throws IOException {
    assertSameParameters("resumed", how);
    assertThat(record("resumed")).as(how).isEqualTo(record("whole"));
  }

  /** All but the number of threads, which may be another one each time. */
  private String record(String model) throws IOException {
    return Files.readString(dir.resolve(model).resolve("model.json"))
        .replaceAll("\"threads\" : \\d+", "");
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
