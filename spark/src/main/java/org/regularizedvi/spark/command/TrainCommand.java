package org.regularizedvi.spark.command;

import org.apache.spark.sql.SparkSession;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Interruption;
import org.regularizedvi.spark.question.OptionTexts;
import org.regularizedvi.spark.training.SharedTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code train}, on a cluster. */
@Command(
    name = "train",
    description =
        "Train a model on raw counts with several processes, each of which has some of the genes: to"
            + " the bits, and into the files, of train of the program on one machine. Inputs and"
            + " outputs lie where every process sees them.",
    footer = {
      "",
      "Example: spark-submit ... regularizedvi-spark.jar train pbmc.h5ad --workers 4 --model-dir"
          + " pbmc_model --batch-key sample"
    })
final class TrainCommand extends org.regularizedvi.cli.TrainCommand {
  private static final String THREADS = "--threads";

  private final Console console;

  @Mixin(name = "Cluster")
  private WorkersOption workers;

  @Spec private CommandSpec own;

  TrainCommand(Console console) {
    super(console);
    this.console = console;
  }

  /** Takes an option away that is Spark's to say: a worker has the cores of its task. */
  static void removeThreads(CommandSpec command) {
    OptionSpec threads = command.findOption(THREADS);
    command.remove(threads);
    command.mixins().values().stream()
        .filter(group -> group.options().contains(threads))
        .forEach(group -> group.remove(threads));
  }

  @Override
  public Integer call() {
    workers.require();
    prepare();
    OptionTexts arguments =
        OptionTexts.here(own.root().commandLine().getParseResult().originalArgs());
    SparkSession spark = SparkPrograms.session(own.name());
    SharedTraining training =
        new SharedTraining(
            spark.sparkContext(),
            workers.number(),
            there -> SparkPrograms.training(arguments, there),
            this::newestCheckpoint,
            console);
    try (Interruption _ = new Interruption(new DriverSignal(), training::stop)) {
      return training.run();
    }
  }
}
