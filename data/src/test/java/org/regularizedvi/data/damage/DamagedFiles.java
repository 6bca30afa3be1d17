package org.regularizedvi.data.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.hdf5.FileFence;

/**
 * Damages files, has each walked through and then read as the program would, and counts. The
 * processes that do so meet many files; what ends one is tried again in a fresh one, as the program
 * would be.
 */
final class DamagedFiles {
  /** How a damaged file was met; the last three must not be. */
  enum Outcome {
    REFUSED_BY_FENCE,
    REFUSED,
    READ_THE_SAME,
    READ_OTHERWISE,
    CRASHED,
    STALLED,
    BUG
  }

  private final Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param each damaged files of each base and kind
   */
  static DamagedFiles of(List<Path> bases, int each, Path folder, long seed) throws IOException {
    DamagedFiles found = new DamagedFiles();
    try (Worker walker = new Worker("walk");
        Worker reader = new Worker("read")) {
      for (Path base : bases) {
        String name = base.getFileName().toString();
        byte[] whole = Files.readAllBytes(base);
        Path file = folder.resolve("damaged" + name.substring(name.lastIndexOf('.')));
        Files.write(file, whole);
        String expected = reader.ask(file);
        if (!expected.startsWith("READ")) {
          throw new AssertionError(base + " itself: " + expected);
        }
        SplittableRandom random = new SplittableRandom(seed + name.hashCode());
        for (Damage damage : Damage.values()) {
          for (int i = 0; i < each; i++) {
            Files.write(file, damage.of(whole, random));
            found.meet(file, damage + " " + i + " of " + name, damage, expected, walker, reader);
          }
        }
      }
    }
    return found;
  }

  private void meet(
      Path file, String label, Damage damage, String expected, Worker walker, Worker reader) {
    String walked = walker.ask(file);
    if (walked.equals(Worker.STALLED) || !walked.equals("WALKED") && fenced(file)) {
      count(damage, Outcome.REFUSED_BY_FENCE);
      return;
    }
    String answer = reader.ask(file);
    if (answer.startsWith(Worker.CRASHED)) {
      answer = reader.ask(file);
    }
    Outcome outcome =
        switch (answer.replaceFirst(" .*", "")) {
          case Worker.CRASHED -> Outcome.CRASHED;
          case Worker.STALLED -> Outcome.STALLED;
          case "REFUSED" -> Outcome.REFUSED;
          case "READ" -> answer.equals(expected) ? Outcome.READ_THE_SAME : Outcome.READ_OTHERWISE;
          default -> Outcome.BUG;
        };
    count(damage, outcome);
    if (outcome.compareTo(Outcome.CRASHED) >= 0) {
      wrong.add(label + ": " + answer);
    }
  }

  /** What a process does that has met a hundred damaged files, a fresh one need not do. */
  private static boolean fenced(Path file) {
    try {
      FileFence.require(file);
      return false;
    } catch (InputException e) {
      return true;
    }
  }

  private void count(Damage damage, Outcome outcome) {
    counts
        .computeIfAbsent(damage.name(), _ -> new LinkedHashMap<>())
        .merge(outcome, 1, Integer::sum);
  }

  /** Files that ended or stalled the process behind the fence, or met a bug. */
  List<String> wrong() {
    return wrong;
  }

  int met() {
    return counts.values().stream()
        .flatMap(kinds -> kinds.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** A table in Markdown, a row for each kind of damage. */
  String table() {
    StringBuilder text = new StringBuilder("| damage |");
    for (Outcome outcome : Outcome.values()) {
      text.append(" %s |".formatted(outcome.name().toLowerCase().replace('_', ' ')));
    }
    counts.forEach(
        (damage, kinds) -> {
          text.append("\n| %s |".formatted(damage.toLowerCase().replace('_', ' ')));
          for (Outcome outcome : Outcome.values()) {
            text.append(" %d |".formatted(kinds.getOrDefault(outcome, 0)));
          }
        });
    return text.toString();
  }
}
