package org.regularizedvi.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.hdf5.FileFence;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.input.InputException;

/** Finds the format of a file of cells, and opens and writes such files without naming a format. */
public final class Formats {
  private static final List<CellFormat> ALL =
      ServiceLoader.load(CellFormat.class, Formats.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Formats() {}

  /**
   * Lets a file from outside pass unless it is so damaged that reading it could end this process:
   * of all that is read here, only HDF5 can do that. Done once, while the file stays as it is;
   * before anything else is done with the file.
   *
   * @param file the place of the file, or folder
   * @throws InputException when the file is damaged
   */
  public static void requireWhole(Path file) {
    Stream.concat(Stream.of(file), ALL.stream().flatMap(format -> format.hdf5Within(file).stream()))
        .filter(H5File::isAt)
        .forEach(FileFence::require);
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
   * @param several whether it is to hold several modalities, which tells where the name does not
   * @throws InputException when names of no format that can be written end so
   */
  public static CellWriter writer(Path target, boolean several) {
    List<CellWriter> writers = writers(target).toList();
    return writers.stream()
        .filter(writer -> writer.holdsSeveral() == several)
        .findFirst()
        .or(() -> writers.stream().findFirst())
        .orElseThrow(
            () ->
                new InputException(
                    "The output's name must end in %s, but is %s."
                        .formatted(
                            ALL.stream()
                                .filter(format -> format.writer().isPresent())
                                .flatMap(format -> format.endings().stream())
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(" or ")),
                            target)));
  }

  /**
   * Writes cells into a new file of the format that its name tells, all or nothing.
   *
   * @param target the place of the file
   * @param cells the cells, with their counts and tables
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when names of no format that can be written end so, or the target exists
   *     and may not be replaced or cannot be written
   */
  public static void write(Path target, NewCells cells, IfExists ifExists) {
    writer(target, cells.modalities().size() > 1).write(target, cells, ifExists);
  }

  /** {@return what prepares cells for several runs} */
  public static CellPreparer preparer() {
    return ALL.stream().flatMap(format -> format.preparer().stream()).findFirst().orElseThrow();
  }

  private static Stream<CellWriter> writers(Path target) {
    String name = target.getFileName().toString();
    return ALL.stream()
        .filter(format -> format.endings().stream().anyMatch(name::endsWith))
        .flatMap(format -> format.writer().stream());
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
    requireApart(List.of(input), target);
    CellFormat format = of(input);
    CellWriter writer =
        format
            .writer()
            .map(own -> ofCopy(own, format, input, target))
            .orElseGet(() -> ofNewFile(format, input, target));
    writer.requireTarget(target, ifExists);
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

  /**
   * Checks that an output is not an input.
   *
   * @param input the file, or folder, that is read
   * @param target the place of the output, which need not exist
   * @throws InputException when both are the same file, whatever their names
   */
  public static void requireOther(Path input, Path target) {
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

  /**
   * Checks that an output is no input, nor lies in a folder that is an input as a whole.
   *
   * @param inputs the files, or folders, that are read
   * @param target the place of the output, which need not exist
   * @throws InputException when it is, or does
   */
  public static void requireApart(List<Path> inputs, Path target) {
    for (Path input : inputs) {
      requireOther(input, target);
      if (of(input).ownsFolder()) {
        NestedFolders.refuse(input, target);
      }
    }
  }

  /**
   * Checks, before any work is done, that a new file of cells may be written to the target.
   *
   * @param inputs the files that were read
   * @param modalities the names of the modalities that it will hold
   * @param target the place of the new file
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the target is one of the inputs, has a name that no format for such
   *     modalities has, cannot be written, or is there and may not be replaced
   */
  public static void requireNew(
      List<Path> inputs, List<String> modalities, Path target, IfExists ifExists) {
    requireApart(inputs, target);
    boolean several = !modalities.equals(Selection.ONE_MODALITY);
    List<String> endings = endingsOfNew(several);
    if (endings.stream().noneMatch(target.getFileName().toString()::endsWith)) {
      throw new InputException(
          "Several files go into a new one%s: the output's name must end in %s, but is %s."
              .formatted(
                  several ? " with the modalities " + String.join(" and ", modalities) : "",
                  String.join(" or ", endings),
                  target));
    }
    writer(target, several).requireTarget(target, ifExists);
  }

  private static List<String> endingsOfNew(boolean several) {
    return ALL.stream()
        .filter(format -> format.writer().filter(w -> w.holdsSeveral() == several).isPresent())
        .flatMap(format -> format.endings().stream())
        .toList();
  }

  /**
   * {@return the ending of a copy of a file: its own where such files are written, else that of the
   * new file that is written in place of a copy}
   *
   * @param input the file, or folder, that is read
   * @throws InputException when the file is of no known format
   */
  public static String endingOfCopy(Path input) {
    CellFormat format = of(input);
    if (format.writer().isEmpty()) {
      return endingsOfNew(!format.modalities(input).equals(Selection.ONE_MODALITY)).getFirst();
    }
    return ending(input, format.endings()).orElse(format.endings().getFirst());
  }

  /**
   * {@return a file's name without the ending of the format that it names}
   *
   * @param file the place of the file
   */
  public static String stem(Path file) {
    String name = file.getFileName().toString();
    List<String> all = ALL.stream().flatMap(format -> format.endings().stream()).toList();
    return name.substring(0, name.length() - ending(file, all).map(String::length).orElse(0));
  }

  private static Optional<String> ending(Path file, List<String> endings) {
    String name = file.getFileName().toString();
    return endings.stream()
        .filter(name::endsWith)
        .filter(ending -> ending.length() < name.length())
        .max(Comparator.comparingInt(String::length));
  }

  /** Refuses a name by whose end other programs would take the copy for what it is not. */
  private static CellWriter ofCopy(CellWriter writer, CellFormat format, Path input, Path target) {
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
    return writer;
  }

  /**
   * Finds the writer of a new file, of a format that is written, for an input whose format is only
   * read.
   */
  private static CellWriter ofNewFile(CellFormat format, Path input, Path target) {
    List<String> modalities = format.modalities(input);
    boolean several = modalities.size() > 1;
    List<String> endings = endingsOfNew(several);
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
    return writer(target, several);
  }
}
