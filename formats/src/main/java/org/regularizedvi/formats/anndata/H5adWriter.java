package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionSize;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.CellWriter;
import org.regularizedvi.formats.anndata.encoding.Additions;
import org.regularizedvi.formats.anndata.encoding.NewFile;
import org.regularizedvi.formats.hdf5.H5Output;

/** Writes a new .h5ad, all or nothing: counts in X as csr of float32, compressed with gzip. */
final class H5adWriter implements CellWriter {
  @Override
  public boolean holdsSeveral() {
    return false;
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
    AtomicFile.write(
        target,
        ifExists,
        temporary -> {
          H5Output.create(temporary).close();
          AtomicFile.reserve(
              temporary,
              AdditionSize.bytes(only.counts(), only.obsNames(), only.varNames())
                  + AdditionSize.bytes(additions));
          try (H5Output out = H5Output.append(temporary)) {
            NewFile.write(out, only.counts().blocks().toList(), only.obsNames(), only.varNames());
            Additions.write(out, additions);
          }
          WrittenCheck.requireWritten(temporary, additions);
        });
  }
}
