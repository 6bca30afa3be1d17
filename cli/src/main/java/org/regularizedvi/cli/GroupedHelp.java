package org.regularizedvi.cli;

import java.util.List;
import java.util.Map;
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
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, CommandSpec> group : help.commandSpec().mixins().entrySet()) {
      text.append("%n%s%n".formatted(group.getKey()));
      text.append(list(help, group.getValue().options()));
    }
    List<OptionSpec> own =
        help.commandSpec().options().stream()
            .filter(
                o ->
                    help.commandSpec().mixins().values().stream()
                        .noneMatch(m -> m.options().contains(o)))
            .toList();
    return own.isEmpty() ? text.toString() : list(help, own) + text;
  }

  private static String list(Help help, List<OptionSpec> options) {
    return help.optionListExcludingGroups(options);
  }
}
