package org.regularizedvi.files.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.input.InputException;

class NativeLibraryTest {
  private static final String PROPERTY = "regularizedvi.test.library";

  @TempDir Path folder;

  @Test
  void manyMayUnpackAtOnce() throws Exception {
    byte[] content = new byte[1 << 20];
    content[content.length - 1] = 1;
    Path cache = folder.resolve("new/cache");
    PackedFile file = PackedFile.at(packed(content));
    Callable<Path> place = () -> file.layInto(cache);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Path> placed : threads.invokeAll(Collections.nCopies(16, place))) {
        assertThat(placed.get()).hasBinaryContent(content);
      }
    }
    assertThat(cache.toFile().list()).containsExactly("lib.so");
  }

  @Test
  void damagedCopyIsReplaced() throws Exception {
    byte[] content = {1, 2, 3};
    Files.write(folder.resolve("lib.so"), new byte[] {1, 2});
    assertThat(PackedFile.at(packed(content)).layInto(folder)).hasBinaryContent(content);
  }

  /** The folder of this class's own file stands for one of native libraries. */
  @Test
  void filesInAFolderOfTheClassPathAreUsedWhereTheyLie() {
    String file = NativeLibraryTest.class.getName().replace('.', '/') + ".class";
    NativeLibrary library =
        new NativeLibrary(
            "libthis", "any", PROPERTY, Platform.here(), List.of(file), Installed.NOWHERE);
    assertThat(library.isThere()).isTrue();
    assertThat(library.locate())
        .exists()
        .endsWith(Path.of("test-classes").resolve(file))
        .isAbsolute();
  }

  @Test
  void whatTheClassPathLacksIsLookedForAmongInstalledOnes() throws IOException {
    Path second = Files.createDirectory(folder.resolve("second"));
    Path file = Files.createFile(second.resolve("libfound.so.2"));
    Installed installed =
        new Installed(List.of("libfound.so.1", "libfound.so.2"), List.of(folder, second), "");
    NativeLibrary library =
        new NativeLibrary(
            "libfound", "any", PROPERTY, Platform.here(), List.of("org/nobody/x.so"), installed);
    assertThat(library.isThere()).isFalse();
    assertThat(library.locate()).isEqualTo(file);
  }

  @Test
  void installedLibrariesLieWherePackageManagersLayThem() {
    assertThat(
            Installed.folders(
                new Platform("linux", "arm64"),
                Map.of("CONDA_PREFIX", "/conda", "LD_LIBRARY_PATH", "/module")))
        .startsWith(Path.of("/module"), Path.of("/conda/lib"))
        .contains(Path.of("/usr/lib/aarch64-linux-gnu"));
    assertThat(Installed.folders(new Platform("macosx", "arm64"), Map.of()))
        .startsWith(Path.of("/opt/homebrew/lib"));
    assertThat(
            Installed.folders(new Platform("windows", "x86_64"), Map.of("CONDA_PREFIX", "/conda")))
        .containsExactly(Path.of("/conda/Library/bin"));
  }

  @Test
  void missingLibrariesAreSaidSo() {
    NativeLibrary library =
        new NativeLibrary(
            "libhdf5",
            "1.14 or later",
            PROPERTY,
            new Platform("linux", "riscv64"),
            List.of("org/nobody/libhdf5.so"),
            new Installed(List.of("libhdf5.so"), List.of(folder), "install it"));
    assertThat(library.isThere()).isFalse();
    assertThatThrownBy(library::locate)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("No libhdf5 for linux-riscv64")
        .hasMessageContaining(
            "none is installed (libhdf5.so in %s): install it, or name one (1.14".formatted(folder))
        .hasMessageContaining("name one (1.14 or later) with -Dregularizedvi.test.library=");
    System.setProperty(PROPERTY, folder.resolve("none.so").toString());
    try {
      assertThatThrownBy(library::locate)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(PROPERTY)
          .hasMessageContaining("none.so");
    } finally {
      System.clearProperty(PROPERTY);
    }
  }

  @Test
  void whatIsNoLibraryIsSaidSo() throws IOException {
    Path file = Files.write(folder.resolve("text.so"), new byte[] {1, 2, 3});
    NativeLibrary library =
        new NativeLibrary(
            "libtext", "any", PROPERTY, Platform.here(), List.of(), Installed.NOWHERE);
    System.setProperty(PROPERTY, file.toString());
    try {
      assertThatThrownBy(library::load)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("Cannot load libtext from " + file);
    } finally {
      System.clearProperty(PROPERTY);
    }
  }

  @Test
  void platformsAreNamedAsInJars() {
    assertThat(Platform.of("Linux", "amd64")).hasToString("linux-x86_64");
    assertThat(Platform.of("Mac OS X", "aarch64")).hasToString("macosx-arm64");
    assertThat(Platform.of("Windows 11", "amd64")).hasToString("windows-x86_64");
  }

  private URL packed(byte[] content) throws IOException {
    Path jar = folder.resolve("packed.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("some/lib.so"));
      out.write(content);
    }
    return URI.create("jar:" + jar.toUri() + "!/some/lib.so").toURL();
  }
}
