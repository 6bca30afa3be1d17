package org.regularizedvi.formats.mudata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionSize;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.SharedCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.CellWriter;
import org.regularizedvi.formats.anndata.Containers;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.anndata.encoding.NewFile;
import org.regularizedvi.formats.anndata.encoding.NewMuData;
import org.regularizedvi.formats.hierarchy.HierarchyContent;

/**
 * Writes a new MuData file, all or nothing: each modality's counts in X as csr of float32,
 * compressed; the shared tables have every cell once, in the order of {@link NewCells#cells}, and
 * the features of one modality after those of another.
 */
final class MuDataWriter implements CellWriter {
  @Override
  public boolean holdsSeveral() {
    return true;
  }

  @Override
  public void requireTarget(Path target, IfExists ifExists) {
    Containers.ofName(target).requireTarget(target, ifExists);
  }

  @Override
  public void write(Path target, NewCells newCells, IfExists ifExists) {
    List<NewModality> modalities = newCells.modalities();
    SharedCells cells = NewCells.cells(modalities);
    List<String> features = modalities.stream().flatMap(m -> m.varNames().stream()).toList();
    SequencedMap<String, List<Addition>> own = new LinkedHashMap<>();
    modalities.forEach(modality -> own.put(modality.name(), modality.additions()));
    TableAdditions additions = new TableAdditions(newCells.shared(), own);
    Containers.write(
        target,
        ifExists,
        new HierarchyContent(
            NewMuData.BEGINNING,
            bytes(modalities, cells, features) + additions.bytes(),
            out -> {
              NewMuData.begin(out, List.copyOf(own.keySet()));
              NewMuData.table(out, "obs", cells.names(), cells.rowsOf());
              NewMuData.table(out, "var", features, featureRows(modalities, features.size()));
              for (NewModality modality : modalities) {
                NewFile.write(
                    out.within(Modalities.path(modality.name())),
                    modality.counts(),
                    modality.obsNames(),
                    modality.varNames());
              }
              MuDataCopy.write(out, additions);
            },
            written -> MuDataCopy.requireWritten(written, additions)));
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
    Counts none = CountsInMemory.of(SparseRows.empty(0, 0));
    List<Long> parts = new ArrayList<>();
    parts.add(AdditionSize.bytes(none, cells.names(), features));
    for (NewModality m : modalities) {
      parts.add(AdditionSize.bytes(m.counts(), m.obsNames(), m.varNames()));
      parts.add(AdditionSize.places(cells.size() + features.size()));
    }
    return parts.stream().mapToLong(Long::longValue).sum();
  }
}
