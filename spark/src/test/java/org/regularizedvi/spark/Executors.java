package org.regularizedvi.spark;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Asks executors which processes they are. */
final class Executors {
  /** So many that each executor gets some. */
  private static final int TASKS = 16;

  private Executors() {}

  /** Returns the processes by the names that Spark gives executors. */
  static Map<String, Long> processes(SparkSession session) {
    Map<String, Long> processes = new HashMap<>();
    JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(Collections.nCopies(TASKS, 0), TASKS)
        .map(
            _ ->
                new AbstractMap.SimpleEntry<>(
                    SparkEnv.get().executorId(), ProcessHandle.current().pid()))
        .collect()
        .forEach(own -> processes.put(own.getKey(), own.getValue()));
    return processes;
  }
}
