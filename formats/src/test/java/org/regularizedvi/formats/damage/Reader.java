package org.regularizedvi.formats.damage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataCopy;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.hdf5.FileWalks;
import org.regularizedvi.formats.mudata.MuDataCopy;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.formats.mudata.MuDataFormat;
import org.regularizedvi.input.InputException;

/**
 * A process that reads one file after another, each named by a line of standard input, and says in
 * a line how that went: what the program does with an input, or what its fence does.
 */
final class Reader {
  /** Of so many files one is copied as well, which takes longest. */
  private static final int COPIED = 4;

  private static int met;

  private Reader() {}

  public static void main(String[] arguments) throws IOException {
    boolean walks = arguments[0].equals("walk");
    BufferedReader paths =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = paths.readLine(); line != null; line = paths.readLine()) {
      System.out.println(walks ? walk(Path.of(line)) : read(Path.of(line)));
    }
  }

  private static String walk(Path file) {
    FileWalks.walk(file);
    return "WALKED";
  }

  private static String read(Path file) throws IOException {
    try {
      if (Formats.of(file).writer().isEmpty()) {
        return "READ " + onlyRead(file);
      }
      return "READ " + (new MuDataFormat().recognises(file) ? several(file) : single(file));
    } catch (InputException e) {
      return "REFUSED " + e.getMessage().replace('\n', ' ');
    } catch (RuntimeException | OutOfMemoryError e) {
      return "BUG " + e + " at " + Arrays.toString(e.getStackTrace()).replace('\n', ' ');
    }
  }

  /** Reads what training and embedding read, writes what they write; returns a digest. */
  private static int single(Path file) throws IOException {
    try (AnnDataFile cells = AnnDataFile.open(file)) {
      int digest = content(cells);
      if (met++ % COPIED == 0) {
        Path copy = file.resolveSibling("copy" + ending(file, ".h5ad"));
        AnnDataCopy.write(file, copy, List.of(latent(cells.nObs())), IfExists.REPLACE);
        delete(copy);
      }
      return digest;
    }
  }

  private static int several(Path file) throws IOException {
    try (MuDataFile cells = MuDataFile.open(file)) {
      int digest = Objects.hash(cells.obsNames());
      for (String modality : cells.modalities()) {
        digest = 31 * digest + content(cells.modality(modality));
        digest =
            31 * digest
                + cells
                    .counts(modality, CountSource.x(), CountChecks.ALLOW_NON_INTEGER)
                    .digest()
                    .hashCode();
      }
      if (met++ % COPIED == 0) {
        Path copy = file.resolveSibling("copy" + ending(file, ".h5mu"));
        TableAdditions found = TableAdditions.shared(List.of(latent(cells.nObs())));
        MuDataCopy.write(file, copy, cells.arranged(found), IfExists.REPLACE);
        delete(copy);
      }
      return digest;
    }
  }

  /** Reads a file of a format that is not written, writes it as a new one; returns a digest. */
  private static int onlyRead(Path file) throws IOException {
    try (CellSource cells = Formats.open(file)) {
      int digest = Objects.hash(cells.cells().obsNames(), cells.modalities());
      for (String name : cells.cells().obsColumns()) {
        digest = 31 * digest + ColumnDigest.of(cells.cells().obs(name));
      }
      for (String modality : cells.modalities()) {
        FeatureTable features = cells.features(modality);
        digest = 31 * digest + Objects.hash(features.varNames(), features.varColumns());
        for (String name : features.varColumns()) {
          digest = 31 * digest + ColumnDigest.of(features.var(name));
        }
        digest = 31 * digest + cells.counts(modality).digest().hashCode();
      }
      if (met++ % COPIED == 0) {
        Path copy = file.resolveSibling(cells.modalities().size() > 1 ? "new.h5mu" : "new.h5ad");
        TableAdditions found = TableAdditions.shared(List.of(latent(cells.cells().nObs())));
        cells.write(Destination.file(copy), found, IfExists.REPLACE);
        delete(copy);
      }
      return digest;
    }
  }

  private static String ending(Path file, String otherwise) {
    return file.getFileName().toString().endsWith(".zarr") ? ".zarr" : otherwise;
  }

  private static void delete(Path copy) throws IOException {
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  private static Addition latent(int cells) {
    return new Addition.Obsm("X_latent", new FloatMatrix(cells, 1, new float[cells]));
  }

  private static int content(AnnDataFile cells) {
    int digest = Objects.hash(cells.obsNames(), cells.varNames(), cells.layers());
    for (String name : cells.obsColumns()) {
      digest = 31 * digest + ColumnDigest.of(cells.obs(name));
    }
    for (String key : cells.obsmKeys()) {
      digest = 31 * digest + key.hashCode();
    }
    String counts =
        cells.counts(CountSource.x(), CountChecks.ALLOW_NON_INTEGER).inMemory().digest();
    return 31 * digest + counts.hashCode();
  }
}
