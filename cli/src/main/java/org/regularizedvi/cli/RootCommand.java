package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.core.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regularizedvi} without a command tells which commands there are. */
@Command(
    name = "regularizedvi",
    versionProvider = RootCommand.LibraryVersion.class,
    description = {
      "Fits the regularizedvi variational autoencoder to single-cell counts (.h5ad, .h5mu,"
          + " .zarr, .loom, 10x) and writes the latent representation into a copy of the file."
    },
    descriptionHeading = "%n",
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands%n",
    footer = {
      "",
      "regularizedvi help COMMAND tells more about a command. Start with regularizedvi demo."
    })
final class RootCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Help")
  private HelpOption help;

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  private boolean version;

  @Spec private CommandSpec spec;

  RootCommand(Console console) {
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
