package org.regularizedvi.formats.mudata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionCheck;
import org.regularizedvi.cells.AdditionSize;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SharedCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.anndata.encoding.NewFile;
import org.regularizedvi.formats.anndata.encoding.NewMuData;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.input.InputException;

/**
 * Writes a new .h5mu, all or nothing: each modality's counts in X as csr of float32, compressed
 * with gzip; the shared tables have every cell once, in the order of {@link #cells}, and the
 * features of one modality after those of another.
 */
public final class H5muWriter {
  private H5muWriter() {}

  /** Returns the cells that the shared tables of a file would have, as they first appear. */
  public static List<String> cells(List<NewModality> modalities) {
    return match(modalities).names();
  }

  private static SharedCells match(List<NewModality> modalities) {
    SequencedMap<String, List<String>> namesOf = new LinkedHashMap<>();
    for (NewModality modality : modalities) {
      if (namesOf.put(modality.name(), modality.obsNames()) != null) {
        throw new IllegalArgumentException("Two modalities named '%s'".formatted(modality.name()));
      }
    }
    return SharedCells.match(namesOf, List.of(), CellJoin.UNION, "the new file");
  }

  /** Writes a file where there is none; see the other method. */
  public static void write(Path target, List<NewModality> modalities, List<Addition> shared) {
    write(target, modalities, shared, IfExists.REFUSE);
  }

  /**
   * Writes a file.
   *
   * @param modalities at least one, in the order that the file tells
   * @param shared what goes into the shared tables; rows as {@link #cells} has them
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the target exists and may not be replaced or cannot be written, or
   *     a name cannot be used
   */
  public static void write(
      Path target, List<NewModality> modalities, List<Addition> shared, IfExists ifExists) {
    if (modalities.isEmpty()) {
      throw new IllegalArgumentException("No modalities to write");
    }
    SharedCells cells = match(modalities);
    List<String> features = modalities.stream().flatMap(m -> m.varNames().stream()).toList();
    AdditionCheck.requireSizes(shared, cells.size(), features.size());
    SequencedMap<String, List<Addition>> own = new LinkedHashMap<>();
    modalities.forEach(modality -> own.put(modality.name(), modality.additions()));
    TableAdditions additions = new TableAdditions(shared, own);
    AtomicFile.write(
        target,
        ifExists,
        temporary -> {
          H5Output.create(temporary, NewMuData.BEGINNING).close();
          AtomicFile.reserve(temporary, bytes(modalities, cells, features) + additions.bytes());
          try (H5Output out = H5Output.append(temporary)) {
            NewMuData.begin(out, List.copyOf(own.keySet()));
            NewMuData.table(out, "obs", cells.names(), cells.rowsOf());
            NewMuData.table(out, "var", features, featureRows(modalities, features.size()));
            for (NewModality modality : modalities) {
              NewFile.write(
                  out.within(Modalities.path(modality.name())),
                  modality.counts().blocks().toList(),
                  modality.obsNames(),
                  modality.varNames());
            }
            H5muCopy.write(out, additions);
          }
          H5muCopy.requireWritten(temporary, additions);
        });
  }

  private static SequencedMap<String, int[]> featureRows(List<NewModality> modalities, int all) {
    SequencedMap<String, int[]> rowsOf = new LinkedHashMap<>();
    int first = 0;
    for (NewModality modality : modalities) {
      int[] rows = new int[all];
      Arrays.fill(rows, -1);
      for (int column = 0; column < modality.varNames().size(); column++) {
        rows[first + column] = column;
      }
      first += modality.varNames().size();
      rowsOf.put(modality.name(), rows);
    }
    return rowsOf;
  }

  private static long bytes(
      List<NewModality> modalities, SharedCells cells, List<String> features) {
    Counts none = CountsInMemory.of(new SparseRows(0, new int[1], new int[0], new float[0]));
    List<Long> parts = new ArrayList<>();
    parts.add(AdditionSize.bytes(none, cells.names(), features));
    for (NewModality m : modalities) {
      parts.add(AdditionSize.bytes(m.counts(), m.obsNames(), m.varNames()));
      parts.add(AdditionSize.places(cells.size() + features.size()));
    }
    return parts.stream().mapToLong(Long::longValue).sum();
  }
}
