package org.regularizedvi.formats.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.ZarrStores;

/**
 * Zarr stores of which one file is damaged are refused or read, by a process with little memory.
 */
class DamagedStoresTest {
  private static final List<String> BASES =
      List.of("rich.v2.zarr", "rich.v3.zarr", "rich.sharded.zarr", "same.v2.zarr");

  /** Of each kind of each store; of all 1,008. */
  private static final int MANY = 42;

  /** Shorter files are only cut or have a byte changed. */
  private static final int LONG_FILE = 256;

  @TempDir private Path folder;

  /** How many stores of each kind of damage were met how. */
  private final Map<Damage, Map<String, Integer>> met = new TreeMap<>();

  private final List<String> wrong = new ArrayList<>();

  @Test
  void someDamagedStores() throws IOException {
    damage(BASES.subList(1, 3), 1, 5);
    assertThat(wrong).isEmpty();
  }

  /** The table goes into docs/reliability.md. */
  @Test
  @Tag("long")
  void manyDamagedStores() throws IOException {
    damage(BASES, MANY, 6);
    met.forEach((damage, counts) -> System.out.println(damage + " " + counts));
    wrong.forEach(System.out::println);
    assertThat(wrong).isEmpty();
  }

  private void damage(List<String> bases, int each, long seed) throws IOException {
    try (Worker reader = new Worker("read")) {
      for (String base : bases) {
        Path store = copy(ZarrStores.of(base), folder.resolve(base));
        String expected = reader.ask(store);
        assertThat(expected).startsWith("READ");
        List<Path> files = files(store);
        SplittableRandom random = new SplittableRandom(seed + base.hashCode());
        for (Damage damage : Damage.values()) {
          for (int i = 0; i < each; i++) {
            Path file = pick(files, damage, i % 2 == 0, random);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, damage.of(whole, random));
            String answer = reader.ask(store);
            count(damage, outcome(answer, expected, file), store.relativize(file) + ": " + answer);
            Files.write(file, whole);
          }
        }
      }
    }
  }

  private static boolean describes(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".z") || name.equals("zarr.json");
  }

  private static Path pick(
      List<Path> files, Damage damage, boolean description, SplittableRandom random)
      throws IOException {
    while (true) {
      Path file = files.get(random.nextInt(files.size()));
      boolean small = damage == Damage.CUT || damage == Damage.FLIP;
      if (describes(file) == description && Files.size(file) > (small ? 1 : LONG_FILE)) {
        return file;
      }
    }
  }

  private static String outcome(String answer, String expected, Path file) {
    return switch (answer.replaceFirst(" .*", "")) {
      case "REFUSED" -> "refused";
      case "READ" ->
          answer.equals(expected)
              ? "read the same"
              : describes(file) ? "read otherwise" : "other data";
      default -> "wrong";
    };
  }

  private void count(Damage damage, String outcome, String what) {
    met.computeIfAbsent(damage, _ -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    if (outcome.equals("wrong")) {
      wrong.add(what);
    } else if (outcome.equals("read otherwise")) {
      System.out.println("otherwise: " + what);
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Files.copy(one, to.resolve(from.relativize(one).toString()));
      }
    }
    return to;
  }

  /** All files that are read: what repeats the others is not. */
  private static List<Path> files(Path store) throws IOException {
    try (Stream<Path> all = Files.walk(store)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals(".zmetadata"))
          .sorted()
          .toList();
    }
  }
}
