package org.regularizedvi.spark;

import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.cli.Console;
import org.regularizedvi.spark.command.SparkPrograms;

/** Is what {@code spark-submit} runs. */
public final class Main {
  private Main() {}

  /**
   * Runs a command. Where it fails, the process ends with its exit code; where it does not, this
   * returns, as cluster managers take a process that ends itself for one that failed.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    // What is said is English, and so are its numbers, wherever the machine stands.
    Locale.setDefault(Locale.ROOT);
    int code = SparkPrograms.execute(args, new Console(System.out, System.err, false));
    if (SparkSession.getActiveSession().isDefined()) {
      SparkSession.active().stop();
    }
    if (code != 0) {
      System.exit(code);
    }
  }
}
