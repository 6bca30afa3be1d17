package org.regularizedvi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Nextflow module of packaging/nf-core, read as text: what its shell does once Nextflow has put
 * values in the place of names.
 *
 * @param text of its main.nf
 */
record NfCoreModule(String text) {
  static final Path MODULES =
      Path.of("..", "packaging", "nf-core", "modules", "nf-core", "regularizedvi");

  private static final Pattern NAME = Pattern.compile("(?<!\\\\)\\$(\\{[^}]+}|[a-z.]+)");
  private static final Pattern OUTPUT = Pattern.compile("path[( ]\"([^\"]+)\"");

  static NfCoreModule read(String name) throws IOException {
    return new NfCoreModule(Files.readString(MODULES.resolve(name).resolve("main.nf")));
  }

  /**
   * {@return the shell's commands in a block, {@code script} or {@code stub}}
   *
   * @param values of the names that Nextflow knows
   */
  String commands(String block, Map<String, String> values) {
    Matcher found =
        Pattern.compile("\n    " + block + ":\n.*?\"\"\"\n(.*?)\"\"\"", Pattern.DOTALL)
            .matcher(text);
    if (!found.find()) {
      throw new AssertionError("No block " + block + " in " + text);
    }
    return filled(found.group(1), values).replace("\\\\", "\\").replace("\\$", "$").stripIndent();
  }

  /** {@return the names of the files that the module says it makes, with * for any letters} */
  List<String> outputs(Map<String, String> values) {
    String block = text.replaceFirst("(?s).*\n    output:\n", "").replaceFirst("(?s)\n\n.*", "");
    return OUTPUT
        .matcher(block)
        .results()
        .map(output -> filled(output.group(1), values))
        .sorted()
        .toList();
  }

  private static String filled(String shell, Map<String, String> values) {
    return NAME.matcher(shell)
        .replaceAll(
            (MatchResult name) -> {
              String key = name.group(1).replaceAll("[{}]", "");
              if (!values.containsKey(key)) {
                throw new AssertionError("No value for " + name.group());
              }
              return Matcher.quoteReplacement(values.get(key));
            });
  }
}
