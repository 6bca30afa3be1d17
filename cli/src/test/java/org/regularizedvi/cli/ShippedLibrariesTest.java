package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program with the parts of jars that it is shipped with, as {@code cli/pom.xml} chooses them,
 * in the place of the jars.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ShippedLibrariesTest {
  private static final Path PARTS =
      Path.of("target", "lib", "regularizedvi-parts.jar").toAbsolutePath();
  private static final Path NATIVE = Path.of("target", "native").toAbsolutePath();

  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void program() throws IOException {
    assertThat(PARTS).as("made by mvn package").exists();
    assertThat(NATIVE).as("made by mvn package").isDirectory();
    sandbox = program(folder, NATIVE);
  }

  private static Sandbox program(Path place, Path natives) throws IOException {
    List<String> replaced = List.of("dnnl-", "opencl-", "openblas-", "hdf5-", "aircompressor-");
    return Sandbox.withProgram(
        place,
        Stream.concat(
            Stream.of(PARTS, natives),
            Sandbox.classPath()
                .filter(
                    entry ->
                        replaced.stream().noneMatch(entry.getFileName().toString()::startsWith))));
  }

  /** HDF5 is read and written, and matrices are multiplied. */
  @Test
  void trainsOnHdf5() throws Exception {
    assertTrains("cells.h5ad");
  }

  /** As where no jar has libhdf5: one that is installed is taken. */
  @Test
  void trainsWithAnInstalledHdf5() throws Exception {
    Path others = Files.createDirectories(folder.resolve("others/org/bytedeco"));
    for (String library : List.of("dnnl", "opencl")) {
      Files.createSymbolicLink(
          others.resolve(library), NATIVE.resolve("org/bytedeco").resolve(library));
    }
    Path installed = Files.createDirectories(folder.resolve("installed"));
    Path hdf5 = Path.of("org/bytedeco/hdf5/linux-x86_64/libhdf5.so.310");
    Files.createSymbolicLink(installed.resolve(hdf5.getFileName()), NATIVE.resolve(hdf5));
    sandbox = program(folder.resolve("second"), folder.resolve("others"));
    sandbox.environment.put("LD_LIBRARY_PATH", installed.toString());
    assertTrains("cells.h5ad");
  }

  /** Chunks are compressed with Zstandard. */
  @Test
  void trainsOnZarr() throws Exception {
    assertTrains("cells.zarr");
  }

  private void assertTrains(String name) throws Exception {
    Path input = TinyData.write(folder.resolve(name), TinyData.genes(), "a", "b");
    Path output = folder.resolve("latent_" + name);
    Cli cli =
        sandbox
            .forShortRuns()
            .run(
                "train",
                input.toString(),
                "--batch-key",
                "batch",
                "--out",
                output.toString(),
                "--n-hidden",
                "8",
                "--max-epochs",
                "1");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(output).exists();
  }
}
