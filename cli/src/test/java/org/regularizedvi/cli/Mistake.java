package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A command that the program refuses, and what it says then. */
record Mistake(String command, String sentence) {
  /** Reads a table of them: a command in a line, what it says in the next ones, an empty line. */
  static List<Mistake> in(String resource) {
    try (var in = Mistake.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return Arrays.stream(text.split("\n\n"))
          .map(entry -> entry.split("\n", 2))
          .map(lines -> new Mistake(lines[0], lines[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the command as it stands in the table and returns what it says, paths without the folder
   * and sizes of files as N.
   */
  String said(Path folder) {
    Object[] arguments =
        Arrays.stream(command.split(" "))
            .map(
                word ->
                    word.matches("/?[a-z_0-9./]+\\.(h5ad|h5mu|yaml)|[a-z_]+/")
                        ? folder.resolve(word)
                        : word)
            .toArray();
    Cli run = Cli.run(arguments);
    assertThat(run.code()).as(run.toString()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    return run.err()
        .strip()
        .replace(folder + "/", "")
        .replace(folder.toString(), ".")
        .replaceAll("eof = \\d+", "eof = N");
  }
}
