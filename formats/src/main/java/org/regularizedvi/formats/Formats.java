package org.regularizedvi.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/** Finds the format of a file of cells, and opens and writes such files without naming a format. */
public final class Formats {
  private static final List<CellFormat> ALL =
      ServiceLoader.load(CellFormat.class, Formats.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Formats() {}

  /**
   * Lets a file from outside pass unless it is so damaged that reading it could end this process.
   * Done once, while the file stays as it is; before anything else is done with the file.
   *
   * @param file the place of the file, or folder
   * @throws InputException when the file is damaged
   */
  public static void requireWhole(Path file) {
    ALL.forEach(format -> format.requireWhole(file));
  }

  /**
   * {@return the format of a file: the one that recognises its content, else the one that its name
   * tells, which will say what is wrong with it}
   *
   * @param file the place of the file, or folder
   * @throws InputException when neither content nor name tell a format
   */
  public static CellFormat of(Path file) {
    return ALL.stream()
        .filter(format -> format.recognises(file))
        .findFirst()
        .or(() -> named(file))
        .orElseThrow(() -> unknown(file));
  }

  private static Optional<CellFormat> named(Path file) {
    String name = file.getFileName().toString();
    return ALL.stream()
        .filter(format -> format.endings().stream().anyMatch(name::endsWith))
        .findFirst();
  }

  private static InputException unknown(Path file) {
    return new InputException(
        Files.exists(file)
            ? "%s is of no known format; expected one of these: %s."
                .formatted(
                    file, ALL.stream().map(CellFormat::words).collect(Collectors.joining(", ")))
            : "There is no file %s.".formatted(file));
  }

  /**
   * Opens every cell of a file with all its modalities and whole counts in X; the caller closes it.
   *
   * @param file the place of the file, or folder
   * @return the cells
   * @throws InputException when it is missing, damaged or of no known format
   */
  public static CellSource open(Path file) {
    return open(file, Selection.all());
  }

  /**
   * Opens a file; the caller closes it.
   *
   * @param file the place of the file, or folder
   * @param selection what is taken of it
   * @return the cells
   * @throws InputException when it is missing, damaged or of no known format, or has not what is
   *     selected
   */
  public static CellSource open(Path file, Selection selection) {
    return of(file).open(file, selection);
  }

  /**
   * {@return the writer of a new file, found by the end of its name}
   *
   * @param target the place of the file
   * @throws InputException when names of no format that can be written end so
   */
  public static CellWriter writer(Path target) {
    return named(target)
        .flatMap(CellFormat::writer)
        .orElseThrow(
            () ->
                new InputException(
                    "The output's name must end in %s, but is %s."
                        .formatted(
                            ALL.stream()
                                .filter(format -> format.writer().isPresent())
                                .map(format -> format.endings().getFirst())
                                .collect(Collectors.joining(" or ")),
                            target)));
  }

  /**
   * Checks, before any work is done, that an output made of an input may be written to the target.
   *
   * @param input the file, or folder, that is read
   * @param target the place of the output
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the target is the input itself, has the name of another format,
   *     cannot be written, or is there and may not be replaced
   */
  public static void requireOutput(Path input, Path target, IfExists ifExists) {
    requireOther(input, target);
    CellFormat format = of(input);
    if (format.writer().isPresent()) {
      requireNameOfFormat(format, input, target);
    } else {
      requireNameOfNewFile(format, input, target);
    }
    AtomicFile.check(target, ifExists);
  }

  /**
   * Checks, before any work is done, that a table that is no file of cells may be written to the
   * target.
   *
   * @param inputs the files that were read
   * @param target the place of the table
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the target is one of them, has the name of a format of cells,
   *     cannot be written, or is there and may not be replaced
   */
  public static void requireTable(List<Path> inputs, Path target, IfExists ifExists) {
    inputs.forEach(input -> requireOther(input, target));
    named(target)
        .ifPresent(
            format -> {
              throw new InputException(
                  "%s would be taken for %s by its name; expected another name for a table."
                      .formatted(target, format.words()));
            });
    AtomicFile.check(target, ifExists);
  }

  private static void requireOther(Path input, Path target) {
    try {
      if (Files.exists(target) && Files.isSameFile(input, target)) {
        throw new InputException(
            "The output %s is the input itself; choose another name, the input is never changed."
                .formatted(target));
      }
    } catch (IOException e) {
      throw new InputException("Cannot compare %s and %s: %s".formatted(input, target, e), e);
    }
  }

  /** Refuses a name by whose end other programs would take the copy for what it is not. */
  private static void requireNameOfFormat(CellFormat format, Path input, Path target) {
    String name = target.getFileName().toString();
    for (CellFormat other : ALL) {
      for (String ending : other.endings()) {
        if (name.endsWith(ending) && !format.endings().contains(ending)) {
          throw new InputException(
              "The output is a copy of %s, %s; its name must not end in %s, but is %s."
                  .formatted(input, format.words(), ending, target));
        }
      }
    }
  }

  /** An input whose format is only read is written as a new file, of a format that is written. */
  private static void requireNameOfNewFile(CellFormat format, Path input, Path target) {
    List<String> modalities = format.modalities(input);
    boolean several = modalities.size() > 1;
    List<String> endings =
        ALL.stream()
            .filter(other -> other.writer().filter(w -> w.holdsSeveral() == several).isPresent())
            .flatMap(other -> other.endings().stream())
            .toList();
    if (endings.stream().noneMatch(target.getFileName().toString()::endsWith)) {
      throw new InputException(
          "%s is %s, which is only read, and its %s: the output's name must end in %s, but is %s."
              .formatted(
                  input,
                  format.words(),
                  several
                      ? "modalities %s go into a new file"
                          .formatted(String.join(" and ", modalities))
                      : "cells go into a new file",
                  String.join(" or ", endings),
                  target));
    }
  }
}
