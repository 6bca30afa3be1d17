package org.regularizedvi.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lays a command's options out by their mixins, each under the mixin's name. */
final class GroupedHelp {
  private GroupedHelp() {}

  static void install(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, GroupedHelp::options);
    line.getSubcommands().values().forEach(GroupedHelp::install);
  }

  private static String options(Help help) {
    CommandSpec command = help.commandSpec();
    StringBuilder text = new StringBuilder();
    List<OptionSpec> own = new ArrayList<>(command.options());
    command.mixins().values().forEach(group -> own.removeAll(group.options()));
    append(text, "Options", own, help);
    command.mixins().forEach((heading, group) -> append(text, heading, group.options(), help));
    return text.toString();
  }

  private static void append(
      StringBuilder text, String heading, List<OptionSpec> options, Help help) {
    if (!options.isEmpty()) {
      text.append("%n%s%n".formatted(heading)).append(help.optionListExcludingGroups(options));
    }
  }
}
