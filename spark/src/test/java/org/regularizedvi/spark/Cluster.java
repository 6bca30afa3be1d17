package org.regularizedvi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Two executors of one core each, in processes of their own on this machine. */
public final class Cluster {
  private static final SparkSession SESSION = start();

  private Cluster() {}

  /** {@return the session, which all tests of a JVM share and which ends with it} */
  public static SparkSession session() {
    return SESSION;
  }

  private static SparkSession start() {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    try {
      // What Spark looks for to know that it is installed.
      Files.createDirectories(home.resolve("jars"));
      Files.writeString(home.resolve("RELEASE"), "for tests\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SparkSession.builder()
        .master("local-cluster[2,1,1024]")
        .appName("tests")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.extraJavaOptions", System.getProperty("short.flags").strip())
        .config("spark.executor.memory", "1g")
        .config("spark.ui.enabled", false)
        // How often and how long Spark looks for room for a training's workers, where an executor
        // has just died.
        .config("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        .config("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", 40)
        // Each file of a table is a task of its own, however small.
        .config("spark.sql.files.openCostInBytes", 1 << 27)
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.sql.warehouse.dir", home.resolve("warehouse").toString())
        .config("spark.local.dir", home.resolve("local").toString())
        .getOrCreate();
  }
}
