package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** No option of any command answers a value that it cannot take with the name of a Java class. */
final class BadValuesTest {
  private static final String BAD = "a\0b";

  @Test
  void messagesAreInAUsersWords() {
    CommandLine program = Main.commands(new Console(System.out, System.err, false));
    List<String> commands = new ArrayList<>(program.getSubcommands().keySet());
    commands.remove("help");
    for (String command : commands) {
      CommandSpec spec = program.getSubcommands().get(command).getCommandSpec();
      for (OptionSpec option : spec.options()) {
        if (!option.usageHelp()) {
          require(Cli.run(command, option.longestName() + "=" + BAD));
        }
      }
    }
    require(Cli.run("evaluate", BAD, "--model-dir", "model"));
  }

  private static void require(Cli cli) {
    assertThat(cli.code()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).doesNotContain("java.", "Exception", "picocli", "InvalidPath");
  }
}
