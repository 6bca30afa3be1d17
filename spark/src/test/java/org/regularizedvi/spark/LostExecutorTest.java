package org.regularizedvi.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor that dies while it scores takes no row with it, and leaves none behind twice. */
class LostExecutorTest {
  @TempDir static Path dir;

  /** Kills the executor of the third of many tasks, which is under way. */
  private static final class Killer extends SparkListener {
    private static final int MANY = 8;
    private static final int THIRD = 2;

    private final Map<String, Long> executors = Executors.processes(Cluster.session());
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean killed = new AtomicBoolean();
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.stageInfo().numTasks() >= MANY) {
        stages.add(stage.stageInfo().stageId());
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      if (stages.contains(start.stageId())
          && start.taskInfo().index() >= THIRD
          && killed.compareAndSet(false, true)) {
        long process = executors.get(start.taskInfo().executorId());
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (!end.taskInfo().successful()) {
        failed.incrementAndGet();
      }
    }
  }

  @Test
  void everyRowOnce() {
    Path cells = ManyCells.write(dir.resolve("cells.h5ad"), 0, ManyCells.CELLS);
    Path model =
        ManyCells.model(dir.resolve("model"), ManyCells.write(dir.resolve("some.h5ad"), 0, 500));
    Path table = dir.resolve("cells.parquet");
    // Many small tasks, so that one is under way whenever the executor dies.
    ManyCells.table(ManyCells.rows(cells), 10).write().parquet(table.toString());
    Path whole = dir.resolve("whole.parquet");
    List<Object> plan = List.of("--model-dir", model, "--n-samples", 50);
    ask(table, plan, whole);
    Killer killer = new Killer();
    Cluster.session().sparkContext().addSparkListener(killer);
    Path out = dir.resolve("out.parquet");
    try {
      ask(table, plan, out);
    } finally {
      Cluster.session().sparkContext().removeSparkListener(killer);
    }
    assertThat(killer.killed).isTrue();
    assertThat(killer.failed.get()).isPositive();
    List<Row> rows = read(out);
    Set<Object> names = new HashSet<>();
    rows.forEach(row -> names.add(row.getAs("obs_names")));
    assertThat(names).hasSize(ManyCells.CELLS);
    assertThat(rows).isEqualTo(read(whole));
  }

  private static void ask(Path table, List<Object> plan, Path out) {
    Object[] all = new Object[plan.size() + 4];
    all[0] = "expression";
    all[1] = table;
    for (int i = 0; i < plan.size(); i++) {
      all[2 + i] = plan.get(i);
    }
    all[all.length - 2] = "--out";
    all[all.length - 1] = out;
    Program.onSpark(all).well();
  }

  private static List<Row> read(Path out) {
    return Cluster.session().read().parquet(out.toString()).orderBy("place").collectAsList();
  }
}
