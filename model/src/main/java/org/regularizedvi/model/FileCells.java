package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountReader;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.model.net.Minibatch;

/**
 * The cells of a file, streamed in their order as a trained model takes them: its features picked
 * by name, wherever they stand in the file, and its categories.
 */
final class FileCells implements Iterable<Minibatch>, AutoCloseable {
  /** Cells read at once. Results depend on it in their last bits, so it is not an option. */
  static final int CHUNK = 1024;

  private final CountReader reader;
  private final Covariates covariates;
  private final int[] columnOf;
  private final int features;

  private FileCells(CountReader reader, Covariates covariates, int[] columnOf, int features) {
    this.reader = reader;
    this.covariates = covariates;
    this.columnOf = columnOf;
    this.features = features;
  }

  /**
   * @throws InputException when features are missing, naming them, or a key or category does not
   *     fit
   */
  static FileCells open(
      AnnDataFile file,
      CountSource source,
      CountChecks checks,
      Schema schema,
      List<String> features) {
    file.requireUniqueVarNames();
    int[] columnOf = columns(file.source(), file.varNames(), features);
    Covariates covariates = schema.encode(file);
    return new FileCells(file.countReader(source, checks), covariates, columnOf, features.size());
  }

  int size() {
    return covariates.size();
  }

  /**
   * For every column of the file its place among the model's features, or -1 for one that the model
   * does not know.
   */
  private static int[] columns(String source, List<String> inFile, List<String> features) {
    Map<String, Integer> placeOf = new HashMap<>();
    for (int g = 0; g < features.size(); g++) {
      placeOf.put(features.get(g), g);
    }
    List<String> missing = new ArrayList<>(features);
    missing.removeAll(new HashSet<>(inFile));
    if (!missing.isEmpty()) {
      throw new InputException(
          "%s lacks %d of the model's %d features: %s%s."
              .formatted(
                  source,
                  missing.size(),
                  features.size(),
                  String.join(", ", missing.subList(0, Math.min(10, missing.size()))),
                  missing.size() > 10 ? " and %d more".formatted(missing.size() - 10) : ""));
    }
    return inFile.stream().mapToInt(name -> placeOf.getOrDefault(name, -1)).toArray();
  }

  /** Goes through the file once. */
  @Override
  public Iterator<Minibatch> iterator() {
    return new Iterator<>() {
      private int done;
      private Optional<SparseRows> next = reader.next(CHUNK);

      @Override
      public boolean hasNext() {
        return next.isPresent();
      }

      @Override
      public Minibatch next() {
        SparseRows rows = next.orElseThrow(NoSuchElementException::new);
        int[] cells = IntStream.range(done, done + rows.rows()).toArray();
        done += cells.length;
        next = reader.next(CHUNK);
        return new Minibatch(
            cells, List.of(rows.withColumns(columnOf, features)), covariates.gather(cells));
      }
    };
  }

  @Override
  public void close() {
    reader.close();
  }
}
