package org.regularizedvi.training.continuation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.engine.LostPeerException;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.ThreadPeers;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.TrainListener;

/** Whole trainings by several workers, which are threads of this process. */
final class SplitTrainingTest {
  private static final CovariateKeys KEYS =
      CovariateKeys.batch("batch").withNnConditioning("donor").withNnContinuous("number");
  private static final CellData DATA = TestCells.of(100, KEYS);

  /** Its rate is so high that the validation ELBO soon rises: an epoch before the last is kept. */
  private static final TrainConfig TRAINING =
      TrainConfig.recommended()
          .withMaxEpochs(4)
          .withBatchSize(32)
          .withNEpochsKlWarmup(2)
          .with(OptimiserConfig.published().withLr(1))
          .with(new EarlyStoppingConfig(45, 0))
          .withComputePearson(true);

  private static final int NEVER = 0;

  @TempDir Path dir;

  @Test
  void anyNumberOfWorkersTrainsTheSameModel() throws Exception {
    alone("one");
    for (int ranks : new int[] {2, 3}) {
      for (Future<Void> worker : together(ranks, 7, Optional.empty(), NEVER, "rank%d"::formatted)) {
        worker.get();
      }
      for (int rank = 0; rank < ranks; rank++) {
        assertSame("one", "rank%d".formatted(rank));
      }
    }
  }

  @Test
  void anyNumberOfWorkersGoesOnFromACheckpoint() throws Exception {
    alone("one");
    int[] ranks = {3, 1, 2, 5};
    int[] stops = {5, 3, 2, NEVER};
    for (int i = 0; i < ranks.length; i++) {
      try (CheckpointFolder folder =
          CheckpointFolder.open(dir.resolve("m.checkpoint"), false, AssertionError::new)) {
        for (Future<Void> worker :
            together(ranks[i], 7, Optional.of(folder), stops[i], "ended%d"::formatted)) {
          if (stops[i] == NEVER) {
            worker.get();
          } else {
            assertThat(thrown(worker)).isInstanceOf(StoppedException.class);
          }
        }
      }
    }
    for (int rank = 0; rank < 5; rank++) {
      assertSame("one", "ended%d".formatted(rank));
    }
  }

  @Test
  void aWorkerOfAnotherSeedIsNamed() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Peers> peers = ThreadPeers.of(2);
      List<Future<Void>> running = new ArrayList<>();
      for (int rank = 0; rank < 2; rank++) {
        int own = rank;
        running.add(
            threads.submit(
                () -> train(peers.get(own), 7 + own, Optional.empty(), dir.resolve("no"))));
      }
      for (Future<Void> worker : running) {
        assertThat(thrown(worker))
            .isInstanceOf(InputException.class)
            .hasMessageMatching(
                "Worker 1 does not train what worker 0 does: seed is 7 there and 8 here, start_digest .*;"
                    + " give all workers the same data, options and version, on processors of one kind\\.");
      }
    }
  }

  /** Worker 0 cannot write what it was asked to keep: the others end too, and do not wait. */
  @Test
  void whoThrowsEndsTheOthers() throws Exception {
    CheckpointFolder folder =
        CheckpointFolder.open(dir.resolve("m.checkpoint"), false, AssertionError::new);
    try (folder) {
      Files.createFile(dir.resolve("m.checkpoint/.000001.tmp"));
      List<Future<Void>> workers = together(2, 7, Optional.of(folder), 2, "no%d"::formatted);
      assertThat(thrown(workers.get(0)))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("No checkpoint could be written");
      assertThat(thrown(workers.get(1)))
          .isInstanceOf(LostPeerException.class)
          .hasMessage("Worker 0 of 2 (counted from 0) has ended.");
      Files.deleteIfExists(dir.resolve("m.checkpoint/.000001.tmp"));
    }
  }

  private static Throwable thrown(Future<Void> worker) {
    Throwable thrown = catchThrowable(worker::get);
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    return thrown.getCause();
  }

  private void alone(String name) {
    train(Peers.none(), 7, Optional.empty(), dir.resolve(name));
  }

  private List<Future<Void>> together(
      int ranks,
      long seed,
      Optional<CheckpointFolder> folder,
      int stop,
      IntFunction<String> names) {
    List<Future<Void>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(ranks)) {
      for (Peers peers : ThreadPeers.of(ranks)) {
        int[] asked = {0};
        BooleanSupplier stopping = () -> ++asked[0] == stop;
        Optional<Checkpointing> checkpointing =
            folder
                .filter(_ -> peers.rank() == 0)
                .map(own -> new Checkpointing(own, 0, stopping, false));
        Path out = dir.resolve(names.apply(peers.rank()));
        running.add(threads.submit(() -> train(peers, seed, checkpointing, out)));
      }
    }
    return running;
  }

  private static Void train(
      Peers peers, long seed, Optional<Checkpointing> checkpointing, Path out) {
    ModelConfig config = TestCells.smallModel().with(new PenaltyConfig(0.1, 0.3, 0, 0.2));
    try (peers;
        RegularizedModel model = AmbientRegularizedSCVI.setup(DATA, config, seed, _ -> {})) {
      model.train(DATA, TRAINING, TrainListener.silent(), checkpointing, peers);
      model.save(out, IfExists.REPLACE);
    }
    return null;
  }

  private void assertSame(String one, String other) throws IOException {
    for (String file : List.of("model.safetensors", "model.json")) {
      Path expected = dir.resolve(one).resolve(file);
      Path found = dir.resolve(other).resolve(file);
      assertThat(Files.mismatch(expected, found)).as("%s of %s", file, other).isEqualTo(-1);
    }
  }
}
