package org.regularizedvi.formats.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonFiles;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.hdf5.FileFence;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.formats.loom.LoomInputs;
import org.regularizedvi.formats.tenx.TenxInputs;
import org.regularizedvi.input.InputException;

/** Damaged files are refused or read; they neither end nor stall the program. */
@EnabledOnOs(OS.LINUX)
class DamagedFilesTest {
  private static final List<String> BASES =
      List.of(
          "rich.h5ad",
          "rich_gzip.h5ad",
          "rich_lzf.h5ad",
          "rich_v110.h5ad",
          "old_0.6.22.post1.h5ad",
          "old_0.7.8.h5ad",
          "x_csc_f32_gzip.h5ad",
          "x_dense_lzf.h5ad",
          "same.h5mu");

  private static final List<String> TENX =
      List.of("cite.h5", "multiome.h5", "v2.h5", "barnyard.h5");

  /** Of each kind of each base file; of all 10,080. */
  private static final int MANY = 140;

  @TempDir private Path folder;

  /** Of each kind of each 10x file; of all 1,024. */
  private static final int MANY_TENX = 32;

  /** Of each kind of each loom file; of all 1,008. */
  private static final int MANY_LOOM = 42;

  private static List<Path> bases() {
    return BASES.stream().map(PythonFiles::file).toList();
  }

  @Test
  void someDamagedFiles() {
    DamagedFiles found = DamagedFiles.of(bases(), 1, folder, 1);
    assertThat(found.met()).isEqualTo(BASES.size() * DamagedFiles.KINDS);
    assertThat(found.wrong()).isEmpty();
  }

  /** Of 10x files; the table of 1,024 of them goes into docs/reliability.md too. */
  @Test
  void someDamagedTenxFiles() {
    DamagedFiles found = DamagedFiles.of(tenx(), 1, folder, 3);
    assertThat(found.met()).isEqualTo(TENX.size() * DamagedFiles.KINDS);
    assertThat(found.wrong()).isEmpty();
  }

  /** See {@link #someDamagedTenxFiles}. */
  @Test
  @Tag("long")
  void manyDamagedTenxFiles() {
    DamagedFiles found = DamagedFiles.of(tenx(), MANY_TENX, folder, 4);
    System.out.println(found.table());
    found.otherwise().forEach(System.out::println);
    found.wrong().forEach(System.out::println);
    assertThat(found.met()).isEqualTo(MANY_TENX * TENX.size() * DamagedFiles.KINDS);
    assertThat(found.wrong()).isEmpty();
  }

  private static List<Path> tenx() {
    return TENX.stream().map(TenxInputs::at).toList();
  }

  /** Of loom files; the table of 1,008 of them goes into docs/reliability.md too. */
  @Test
  void someDamagedLoomFiles() {
    DamagedFiles found = DamagedFiles.of(looms().subList(0, 2), 1, folder, 5);
    assertThat(found.met()).isEqualTo(2 * DamagedFiles.KINDS);
    assertThat(found.wrong()).isEmpty();
  }

  /** See {@link #someDamagedLoomFiles}. */
  @Test
  @Tag("long")
  void manyDamagedLoomFiles() {
    DamagedFiles found = DamagedFiles.of(looms(), MANY_LOOM, folder, 6);
    System.out.println(found.table());
    found.otherwise().forEach(System.out::println);
    found.wrong().forEach(System.out::println);
    assertThat(found.met()).isEqualTo(MANY_LOOM * 3 * DamagedFiles.KINDS);
    assertThat(found.wrong()).isEmpty();
  }

  /** What loompy wrote, and two layouts of our own. */
  private List<Path> looms() {
    return List.of(
        Path.of("src/test/resources/elsewhere/cells.loom"),
        LoomInputs.large(folder.resolve("compressed.loom"), Storage.COMPRESSED),
        LoomInputs.large(folder.resolve("plain.loom"), Storage.PLAIN));
  }

  /** About 10,000; the table goes into docs/reliability.md. */
  @Test
  @Tag("long")
  void manyDamagedFiles() {
    DamagedFiles found = DamagedFiles.of(bases(), MANY, folder, 2);
    System.out.println(found.table());
    found.otherwise().forEach(System.out::println);
    assertThat(found.met()).isEqualTo(MANY * BASES.size() * DamagedFiles.KINDS);
    assertThat(found.wrong()).isEmpty();
  }

  @Test
  void theFenceLetsWholeFilesPass() {
    bases().forEach(FileFence::require);
  }

  /**
   * A small file with noise in it, found by trying, of which libhdf5 dies in whichever process
   * reads it.
   */
  @Test
  void aFileThatEndsItsReaderIsRefused() throws Exception {
    Path file = Path.of(DamagedFilesTest.class.getResource("/crashes.h5ad").toURI());
    assertThatThrownBy(() -> FileFence.require(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + " is damaged: a process that looked through it crashed; expected a whole HDF5 file (download or write it again).");
  }

  /** Where no JVM can be started, what would be looked through does not pass. */
  @Test
  void whatThisProcessWroteIsNotLookedThroughUntilItChanges() throws Exception {
    Path own = Samples.write(folder);
    Path copy = Files.copy(own, folder.resolve("copy.h5ad"));
    String home = System.setProperty("java.home", folder.resolve("nowhere").toString());
    try {
      FileFence.require(own);
      assertLookedThrough(copy);
      Files.write(own, new byte[1], StandardOpenOption.APPEND);
      assertLookedThrough(own);
    } finally {
      System.setProperty("java.home", home);
    }
  }

  private static void assertLookedThrough(Path file) {
    assertThatThrownBy(() -> FileFence.require(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot start a process to look through " + file);
  }
}
