package org.regularizedvi.formats.tenx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Finds a folder with a matrix and the names of its features and cells, as Cell Ranger, STARsolo
 * and kallisto write it, and as archives keep it with a prefix before each name.
 *
 * @param input the folder, or the matrix, that a user named
 */
record TenxFolder(Path input, Path matrix, Path features, Path barcodes) {
  /** The endings of the names of matrices. */
  static final List<String> MATRIX = List.of(".mtx", ".mtx.gz");

  private static final List<String> FEATURES = tables("features", "genes");
  private static final List<String> BARCODES = tables("barcodes");
  private static final int TYPED = 3;
  private static final int PLACED = 6;

  private static List<String> tables(String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.of(name + ".tsv", name + ".txt"))
        .flatMap(name -> Stream.of(name, name + ".gz"))
        .toList();
  }

  /** Tells whether there is a matrix of that name, or in that folder. */
  static boolean isAt(Path input) {
    return Files.isDirectory(input)
        ? !ending(input, MATRIX).isEmpty()
        : Files.isRegularFile(input) && ends(input, MATRIX);
  }

  /**
   * Finds the files.
   *
   * @param input the folder, or the matrix where its folder has several
   * @throws InputException when a file is missing, or there are several that may be meant
   */
  static TenxFolder of(Path input) {
    Path matrix = Files.isDirectory(input) ? only(input) : input;
    Path folder = matrix.toAbsolutePath().getParent();
    String name = matrix.getFileName().toString();
    String prefix = name.replaceFirst("(matrix|mtx)?\\.mtx(\\.gz)?$", "");
    return new TenxFolder(
        input, matrix, table(folder, prefix, FEATURES), table(folder, prefix, BARCODES));
  }

  private static Path only(Path folder) {
    List<Path> found = ending(folder, MATRIX);
    if (found.size() != 1) {
      throw new InputException(
          found.isEmpty()
              ? "%s has no matrix; expected a file whose name ends in matrix.mtx or matrix.mtx.gz."
                  .formatted(folder)
              : "%s has %d matrices (%s); name the file of the one that is meant."
                  .formatted(folder, found.size(), names(found)));
    }
    return found.getFirst();
  }

  /** Finds a table: with the matrix's prefix, else without one, else the only one that is there. */
  private static Path table(Path folder, String prefix, List<String> endings) {
    List<Path> found = ending(folder, endings);
    for (String before : List.of(prefix, prefix + ".", "")) {
      for (String ending : endings) {
        Path named = folder.resolve(before + ending);
        if (found.contains(named)) {
          return named;
        }
      }
    }
    if (found.size() != 1) {
      throw new InputException(
          found.isEmpty()
              ? "%s has no file that ends in %s or %s.gz."
                  .formatted(folder, endings.getFirst(), endings.getFirst())
              : "%s has several files for the matrix '%s...' (%s); expected one that begins as the matrix does."
                  .formatted(folder, prefix, names(found)));
    }
    return found.getFirst();
  }

  private static String names(List<Path> files) {
    return String.join(", ", files.stream().map(file -> file.getFileName().toString()).toList());
  }

  private static List<Path> ending(Path folder, List<String> endings) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> ends(file, endings)).sorted().toList();
    } catch (IOException e) {
      throw new InputException("Cannot list the folder %s: %s".formatted(folder, e), e);
    }
  }

  private static boolean ends(Path file, List<String> endings) {
    String name = file.getFileName().toString();
    return endings.stream().anyMatch(name::endsWith);
  }

  /** Reads the barcodes: what stands before a tab in each line. */
  List<String> readBarcodes() {
    return Plain.lines(barcodes).stream().map(line -> cells(line)[0]).toList();
  }

  /**
   * Reads the features: one column is the name, two are id and name, the third is the type; three
   * more are the place in the genome.
   *
   * @throws InputException when lines have other numbers of columns
   */
  TenxFeatures readFeatures() {
    List<String[]> lines = Plain.lines(features).stream().map(TenxFolder::cells).toList();
    int width = lines.isEmpty() ? 1 : lines.getFirst().length;
    List<String> names = new ArrayList<>();
    SequencedMap<String, List<String>> columns = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i);
      if (cells.length != width || width > TYPED && width != PLACED) {
        throw new InputException(
            "%s has %s in line %,d; expected %s in all lines."
                .formatted(
                    features,
                    Amount.of(cells.length, "column"),
                    i + 1,
                    width > TYPED ? "1, 2, 3 or 6" : width));
      }
      names.add(cells[width == 1 ? 0 : 1]);
      if (width > 1) {
        add(columns, TenxFeatures.IDS, cells[0]);
      }
      if (width >= TYPED) {
        add(columns, TenxFeatures.TYPES, cells[2]);
      }
      if (width == PLACED) {
        add(columns, TenxFeatures.INTERVAL, interval(cells).orElse("NA"));
      }
    }
    return new TenxFeatures(names, columns);
  }

  private static void add(SequencedMap<String, List<String>> columns, String name, String value) {
    columns.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /** {@return the place in the genome; empty where a feature has none, such as a guide} */
  private static Optional<String> interval(String[] cells) {
    return cells[3].isBlank()
        ? Optional.empty()
        : Optional.of("%s:%s-%s".formatted(cells[3], cells[4], cells[5]));
  }

  private static String[] cells(String line) {
    return line.split("\t", -1);
  }
}
