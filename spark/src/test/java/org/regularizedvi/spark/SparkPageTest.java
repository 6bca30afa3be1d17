package org.regularizedvi.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/spark.md shows commands and options that there are. */
class SparkPageTest {
  private static final Path PAGE = Path.of("../docs/spark.md");
  private static final Pattern COMMAND =
      Pattern.compile("regularizedvi-spark\\.jar(?: \\\\\n)?\\s+([a-z]+)((?:\\\\\n|[^\n#])*)");
  private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z][a-z0-9-]+");

  @Test
  void everyCommandShownExistsAndHasItsOptions() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (MatchResult shown : COMMAND.matcher(Files.readString(PAGE)).results().toList()) {
      String help = Program.onSpark(shown.group(1), "--help").well().out();
      seen.add(shown.group(1));
      OPTION
          .matcher(shown.group(2))
          .results()
          .forEach(option -> assertThat(help).as(shown.group()).contains(option.group()));
    }
    assertThat(seen).contains("embed", "expression");
  }
}
