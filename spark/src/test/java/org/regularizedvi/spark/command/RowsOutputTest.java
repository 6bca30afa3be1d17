package org.regularizedvi.spark.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cli.Interruption;
import org.regularizedvi.spark.Cluster;
import picocli.CommandLine;

/** A driver that is told to end while a table is written puts back what was there before. */
@Timeout(120)
class RowsOutputTest {
  @TempDir Path dir;

  /** Tells the process to end once a task of a job has begun, as SIGTERM does. */
  private static final class WhenATaskBegins extends SparkListener implements Interruption.Signal {
    private final CountDownLatch begun = new CountDownLatch(1);
    private Thread thread;

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      begun.countDown();
    }

    @Override
    public BooleanSupplier add(Runnable hook) {
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      begun.await();
                      hook.run();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      return () -> false;
    }
  }

  @Test
  void aDriverToldToEnd() throws InterruptedException {
    Path out = dir.resolve("out.parquet");
    SparkSession spark = Cluster.session();
    spark.range(7).toDF("place").write().parquet(out.toString());
    RowsOutput output = new RowsOutput();
    new CommandLine(output).parseArgs("--out", out.toString(), "--overwrite");
    output.require(spark, List.of());
    Dataset<Row> endless =
        spark
            .range(2)
            .map(
                (MapFunction<Long, Long>)
                    number -> {
                      Thread.sleep(600_000);
                      return number;
                    },
                Encoders.LONG())
            .toDF("place");
    WhenATaskBegins signal = new WhenATaskBegins();
    spark.sparkContext().addSparkListener(signal);
    try {
      assertThat(output.write(endless, signal)).isFalse();
    } finally {
      spark.sparkContext().removeSparkListener(signal);
    }
    signal.thread.join();
    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(7);
    assertThat(dir.resolve(".out.parquet.before")).doesNotExist();
  }
}
