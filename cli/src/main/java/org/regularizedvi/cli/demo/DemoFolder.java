package org.regularizedvi.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFile;
import org.regularizedvi.input.InputException;

/**
 * Lays out the folder of the demonstration, which holds what it makes and nothing else.
 *
 * @param folder made if it is missing
 */
public record DemoFolder(Path folder) {
  private static final String DATA = "kang_pbmc.h5ad";

  /** {@return the .h5ad file of the cells to train on} */
  public Path data() {
    return folder.resolve(DATA);
  }

  /** {@return the .h5ad file of the cells with the latent representation} */
  public Path result() {
    return folder.resolve("kang_pbmc_latent.h5ad");
  }

  /** {@return the page of the report of the training} */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** {@return the folder of the trained model} */
  public Path model() {
    return folder.resolve("model");
  }

  /**
   * Makes the folder and lays the cells into it; an earlier demonstration's files are replaced.
   *
   * @throws InputException when it holds anything else, or cannot be made
   */
  public void prepare() {
    try {
      if (Files.exists(folder)) {
        stranger()
            .ifPresent(
                file -> {
                  throw new InputException(
                      "The folder %s holds %s, which is not the demo's; name another folder by --out-dir."
                          .formatted(folder, file));
                });
      }
      Files.createDirectories(folder);
      try (InputStream cells = DemoFolder.class.getResourceAsStream(DATA)) {
        WholeFile.write(data(), cells.readAllBytes(), IfExists.REPLACE);
      }
    } catch (IOException e) {
      throw new InputException("The folder %s cannot be written.".formatted(folder), e);
    }
  }

  private Optional<Path> stranger() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException("%s is a file; name another folder by --out-dir.".formatted(folder));
    }
    Set<Path> ours = Set.of(data(), result(), model(), report());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !ours.contains(file))
          .map(Path::getFileName)
          .filter(name -> !name.toString().startsWith(".")) // what a killed run left, among others
          .sorted()
          .findFirst();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
