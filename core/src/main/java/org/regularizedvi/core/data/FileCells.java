package org.regularizedvi.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.input.InputException;

/**
 * Streams the cells of a file, in their order, in the form that a trained model takes: with its
 * features, which are found by name wherever they stand in the file, and with its categories.
 */
public final class FileCells implements Iterable<Minibatch>, AutoCloseable {
  /** Cells read at once. Results depend on it in their last bits, so it is not an option. */
  public static final int CHUNK = 1024;

  private final List<Source> sources;
  private final Covariates covariates;
  private final int[] places;

  /**
   * Gives the counts of one modality.
   *
   * @param columnOf for every column of the file its place among the model's features, or -1 for
   *     one that the model does not know
   */
  private record Source(CountReader reader, int[] columnOf, int features) {
    SparseRows next(int rows) {
      return reader.next(rows).orElseThrow().withColumns(columnOf, features);
    }
  }

  private FileCells(List<Source> sources, Covariates covariates, int[] places) {
    this.sources = List.copyOf(sources);
    this.covariates = covariates;
    this.places = places;
  }

  /**
   * Opens the cells of a file.
   *
   * @param source the file
   * @param schema the model's keys and their categories
   * @param modalities the model's modalities
   * @return the cells, to be closed
   * @throws InputException when a modality or features are missing (the message names them), or a
   *     key or category does not fit
   */
  public static FileCells open(CellSource source, Schema schema, List<StoredModality> modalities) {
    Covariates covariates = schema.encode(source.cells());
    List<Source> sources = new ArrayList<>();
    try {
      for (StoredModality modality : modalities) {
        int[] columnOf = columns(source.features(modality.name()), modality.features());
        CountReader reader = source.countReader(modality.name());
        sources.add(new Source(reader, columnOf, modality.features().size()));
      }
      return new FileCells(sources, covariates, source.cells().obsPlaces());
    } catch (RuntimeException e) {
      sources.forEach(opened -> opened.reader().close());
      throw e;
    }
  }

  /** {@return where the model's features stand in the file, for each modality} */
  public List<FeaturePlaces> places() {
    return sources.stream()
        .map(source -> FeaturePlaces.of(source.columnOf(), source.features()))
        .toList();
  }

  /** {@return the number of cells} */
  public int size() {
    return covariates.size();
  }

  /** {@return the categories and continuous covariates of each cell} */
  public Covariates covariates() {
    return covariates;
  }

  private static int[] columns(FeatureTable file, List<String> features) {
    file.requireUniqueVarNames();
    Map<String, Integer> placeOf = new HashMap<>();
    for (int g = 0; g < features.size(); g++) {
      placeOf.put(features.get(g), g);
    }
    AbsentFeatures absent = new AbsentFeatures(file, features);
    if (!new HashSet<>(file.takenAsZero()).containsAll(absent.names())) {
      throw absent.refusal();
    }
    return file.varNames().stream().mapToInt(name -> placeOf.getOrDefault(name, -1)).toArray();
  }

  /**
   * {@return the cells, read from the file as they are asked for: those together whose places in
   * the data set are in the same 1,024}
   */
  @Override
  public Iterator<Minibatch> iterator() {
    return new Iterator<>() {
      private int done;

      @Override
      public boolean hasNext() {
        boolean more = done < covariates.size();
        if (!more) {
          // Asked for at the end, readers say when they met no count at all.
          sources.forEach(source -> source.reader().next(CHUNK));
        }
        return more;
      }

      @Override
      public Minibatch next() {
        int first = done;
        while (done < places.length && places[done] / CHUNK == places[first] / CHUNK) {
          done++;
        }
        int rows = done - first;
        return new Minibatch(
            Arrays.copyOfRange(places, first, done),
            sources.stream().map(source -> source.next(rows)).toList(),
            covariates.gather(IntStream.range(first, done).toArray()));
      }
    };
  }

  @Override
  public void close() {
    sources.forEach(source -> source.reader().close());
  }
}
