package org.regularizedvi.spark.command;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Mistakes;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.core.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program without a command tells which commands there are. */
@Command(
    name = "regularizedvi-spark",
    versionProvider = SparkRoot.LibraryVersion.class,
    description =
        "Asks a trained regularizedvi model about cells with many processes, on a cluster that runs"
            + " Spark. The commands and options are those of regularizedvi on one machine.",
    descriptionHeading = "%n",
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands%n")
final class SparkRoot implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Help")
  private HelpOption help;

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  private boolean version;

  @Spec private CommandSpec spec;

  SparkRoot(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return Mistakes.MISTAKE;
  }

  /** Gives the version of the library. */
  static final class LibraryVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.current()};
    }
  }
}
