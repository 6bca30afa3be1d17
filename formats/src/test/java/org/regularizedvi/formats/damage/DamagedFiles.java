package org.regularizedvi.formats.damage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.hdf5.FileFence;
import org.regularizedvi.input.InputException;

/**
 * Damages files, has each walked through and then read as the program would, and counts. The
 * processes that do so meet many files; what ends one is tried again in a fresh one, as the program
 * would be.
 */
final class DamagedFiles {
  /**
   * How a damaged file was met; the last three must not be. OTHER_DATA is read otherwise for bytes
   * of values or text without a checksum alone, OTHERWISE for bytes of something else as well.
   * AS_REPLACED is what stands in a whole file of which h5py has replaced a part.
   */
  enum Outcome {
    REFUSED_BY_FENCE,
    REFUSED,
    READ_THE_SAME,
    READ_AS_REPLACED,
    READ_OTHER_DATA,
    READ_OTHERWISE,
    CRASHED,
    STALLED,
    BUG
  }

  /** Kinds of damage that h5py does: whole files with a part that does not belong there. */
  static final List<String> REPLACED = List.of("types", "links");

  static final int KINDS = Damage.values().length + REPLACED.size();

  private static final int THREADS = 2;

  private final Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
  private final List<String> otherwise = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param each damaged files of each base and kind
   */
  static DamagedFiles of(List<Path> bases, int each, Path folder, long seed) {
    DamagedFiles found = new DamagedFiles();
    Map<Path, ByteKinds> kinds = ByteKinds.of(bases);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (Path base : bases) {
        all.add(threads.submit(() -> found.meetAll(base, kinds.get(base), each, folder, seed)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  private void meetAll(Path base, ByteKinds kinds, int each, Path parent, long seed) {
    String name = base.getFileName().toString();
    try (Worker walker = new Worker("walk");
        Worker reader = new Worker("read")) {
      byte[] whole = Files.readAllBytes(base);
      Path folder = Files.createDirectory(parent.resolve(name + ".d"));
      Path file = folder.resolve("damaged" + name.substring(name.lastIndexOf('.')));
      Files.write(file, whole);
      String expected = reader.ask(file);
      if (!expected.startsWith("READ")) {
        throw new AssertionError(base + " itself: " + expected);
      }
      SplittableRandom random = new SplittableRandom(seed + name.hashCode());
      for (Damage damage : Damage.values()) {
        for (int i = 0; i < each; i++) {
          byte[] damaged = damage.of(whole, random);
          Files.write(file, damaged);
          String label = damage + " " + i + " of " + name;
          Outcome outcome = meet(file, label, expected, walker, reader);
          if (outcome == Outcome.READ_OTHERWISE) {
            Files.write(file, kinds.withDataOf(whole, damaged));
            if (reader.ask(file).equals(expected)) {
              outcome = Outcome.READ_OTHER_DATA;
            } else {
              note(otherwise, label + ": " + kinds.told(whole, damaged));
            }
          }
          count(damage.name(), outcome);
        }
      }
      for (String kind : REPLACED) {
        String made =
            PythonEnvironment.run("wrong_parts.py", kind, base, folder, each, random.nextInt(1000));
        for (String line : made.lines().toList()) {
          Path replaced = Path.of(line.replaceFirst("\t.*", ""));
          Outcome outcome = meet(replaced, name + " " + line, expected, walker, reader);
          count(kind, outcome == Outcome.READ_OTHERWISE ? Outcome.READ_AS_REPLACED : outcome);
          Files.delete(replaced);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome meet(Path file, String label, String expected, Worker walker, Worker reader) {
    String walked = walker.ask(file);
    if (walked.equals(Worker.STALLED) || !walked.equals("WALKED") && fenced(file)) {
      return Outcome.REFUSED_BY_FENCE;
    }
    String answer = reader.ask(file);
    if (answer.startsWith(Worker.CRASHED) || answer.startsWith(Worker.STALLED)) {
      if (fenced(file)) {
        return Outcome.REFUSED_BY_FENCE;
      }
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
    if (outcome.compareTo(Outcome.CRASHED) >= 0) {
      note(wrong, label + ": " + answer);
    }
    return outcome;
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

  private synchronized void count(String damage, Outcome outcome) {
    counts.computeIfAbsent(damage, _ -> new LinkedHashMap<>()).merge(outcome, 1, Integer::sum);
  }

  private synchronized void note(List<String> where, String what) {
    where.add(what);
  }

  /** Files that ended or stalled the process behind the fence, or met a bug. */
  List<String> wrong() {
    return wrong;
  }

  /** Files read otherwise for bytes that are not data, with what and where these bytes are. */
  List<String> otherwise() {
    return otherwise;
  }

  int met() {
    return Arrays.stream(Outcome.values()).mapToInt(this::met).sum();
  }

  private int met(Outcome outcome) {
    return counts.values().stream().mapToInt(kinds -> kinds.getOrDefault(outcome, 0)).sum();
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
    text.append("\n| all |");
    for (Outcome outcome : Outcome.values()) {
      text.append(" %d |".formatted(met(outcome)));
    }
    return text.toString();
  }
}
