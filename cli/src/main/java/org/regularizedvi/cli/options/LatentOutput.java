package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.NamedMatrix;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.tables.MatrixFile;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Option;

/**
 * Holds the option that names files for the latent representation alone, for programs that read
 * tables.
 */
public final class LatentOutput {
  @Option(
      names = "--latent-out",
      paramLabel = "FILE",
      description =
          "The latent representation as a table of its own, .csv, .csv.gz or .parquet by the name's"
              + " ending: names of the cells, then latent_0 and on. Can be given several times.")
  private List<Path> files = new ArrayList<>();

  /** {@return the files, in the order given} */
  public List<Path> files() {
    return files;
  }

  /**
   * Checks, before any work is done, that the files can be written.
   *
   * @param inputs the files that are read
   * @param others outputs of the same run
   * @param ifExists whether files that exist may be replaced
   * @throws InputException when one cannot, has another ending, or the name of another output
   */
  public void require(List<Path> inputs, List<Path> others, IfExists ifExists) {
    Set<Path> taken = new HashSet<>(others.stream().map(LatentOutput::place).toList());
    for (Path file : files) {
      MatrixFile.requireEnding(file);
      if (!taken.add(place(file))) {
        throw new InputException(
            "--latent-out %s is another output too; expected a name of its own for each."
                .formatted(file));
      }
      Formats.requireTable(inputs, file, ifExists);
    }
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /**
   * Writes the files, each whole or not at all.
   *
   * @param cells the input, which names the cells
   * @param embedding their latent representation
   * @param ifExists whether files that exist may be replaced
   */
  public void write(CellSource cells, Embedding embedding, IfExists ifExists) {
    if (!files.isEmpty()) {
      NamedMatrix table = embedding.table(cells.cells().obsNames());
      files.forEach(file -> MatrixFile.write(file, table, ifExists));
    }
  }
}
