package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionSize;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.CellWriter;
import org.regularizedvi.formats.anndata.encoding.Additions;
import org.regularizedvi.formats.anndata.encoding.NewFile;
import org.regularizedvi.formats.hierarchy.HierarchyContent;

/** Writes a new AnnData file, all or nothing: counts in X as csr of float32, compressed. */
final class AnnDataWriter implements CellWriter {
  @Override
  public boolean holdsSeveral() {
    return false;
  }

  @Override
  public void requireTarget(Path target, IfExists ifExists) {
    Containers.ofName(target).requireTarget(target, ifExists);
  }

  @Override
  public void write(Path target, NewCells cells, IfExists ifExists) {
    if (cells.modalities().size() > 1) {
      throw new IllegalArgumentException(
          "%d modalities for an .h5ad".formatted(cells.modalities().size()));
    }
    NewModality only = cells.modalities().getFirst();
    List<Addition> additions = new ArrayList<>(cells.shared());
    additions.addAll(only.additions());
    Containers.write(
        target,
        ifExists,
        new HierarchyContent(
            "",
            AdditionSize.bytes(only.counts(), only.obsNames(), only.varNames())
                + AdditionSize.bytes(additions),
            out -> {
              NewFile.write(out, only.counts(), only.obsNames(), only.varNames());
              Additions.write(out, additions);
            },
            written -> WrittenCheck.requireWritten(written, additions)));
  }
}
