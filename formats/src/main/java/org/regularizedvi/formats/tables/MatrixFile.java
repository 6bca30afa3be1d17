package org.regularizedvi.formats.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.regularizedvi.cells.NamedMatrix;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFile;
import org.regularizedvi.input.InputException;

/**
 * Writes a matrix with names as a file of its own, whole or not at all: {@code .csv}, {@code
 * .csv.gz} or {@code .parquet}, by its ending. The names of the rows are the first column. CSV has
 * each number in the fewest digits that give the same float32 back, and an empty field for NaN.
 */
public final class MatrixFile {
  private static final int BUFFER = 1 << 16;

  private MatrixFile() {}

  /**
   * Checks that a name tells what is to be written.
   *
   * @param target the place of the file
   * @throws InputException when it ends otherwise
   */
  public static void requireEnding(Path target) {
    if (Stream.of(".csv", ".csv.gz", ".parquet").noneMatch(target.toString()::endsWith)) {
      throw new InputException(
          "Cannot write %s: expected a name that ends in .csv, .csv.gz or .parquet."
              .formatted(target));
    }
  }

  /**
   * Writes the file.
   *
   * @param target the place of the file, whose ending tells the format
   * @param matrix rows x columns, with their names
   * @param ifExists what becomes of a file that is there already
   * @throws InputException as {@link #requireEnding} and {@link WholeFile#require}, or when the
   *     disk is full
   */
  public static void write(Path target, NamedMatrix matrix, IfExists ifExists) {
    requireEnding(target);
    WholeFile.write(
        target,
        ifExists,
        out -> {
          if (target.toString().endsWith(".parquet")) {
            ParquetMatrix.write(out, matrix);
          } else if (target.toString().endsWith(".gz")) {
            GZIPOutputStream packed = new GZIPOutputStream(out, BUFFER);
            csv(packed, matrix);
            packed.finish();
          } else {
            csv(out, matrix);
          }
        });
  }

  private static void csv(OutputStream out, NamedMatrix matrix) throws IOException {
    List<String> header = new ArrayList<>(List.of(matrix.rows()));
    header.addAll(matrix.columns());
    Stream<List<String>> rows =
        IntStream.range(0, matrix.values().rows()).mapToObj(row -> fields(matrix, row));
    CsvFile.write(out, header, rows::iterator);
  }

  private static List<String> fields(NamedMatrix matrix, int row) {
    List<String> fields = new ArrayList<>(matrix.columns().size() + 1);
    fields.add(matrix.rowNames().get(row));
    for (int column = 0; column < matrix.columns().size(); column++) {
      float value = matrix.values().at(row, column);
      fields.add(Float.isNaN(value) ? "" : Float.toString(value));
    }
    return fields;
  }
}
