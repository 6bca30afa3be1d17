package org.regularizedvi.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.files.system.Renameat2;
import org.regularizedvi.input.InputException;

/**
 * A folder is the old one or the new one at any moment, by one system call and, where there is none
 * such, after the next run has put the old one back.
 */
@DisabledOnOs(OS.WINDOWS)
class WholeFolderTest {
  private static final WholeFolder.Swap CANNOT = (_, _) -> false;

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void target() {
    target = folder.resolve("model");
  }

  private static WholeFolder.Swap swap(boolean atOnce) {
    return atOnce ? Renameat2::swap : CANNOT;
  }

  /** Two files that say the same. */
  private static WholeFolder.Writer saying(String text) {
    return fresh -> {
      Files.writeString(fresh.resolve("a"), text);
      Files.writeString(fresh.resolve("b"), text);
    };
  }

  private void assertWhole(String text) throws IOException {
    assertThat(target.resolve("a")).hasContent(text);
    assertThat(target.resolve("b")).hasContent(text);
    assertThat(folder.toFile().list()).containsExactly("model");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void replacesWhatWasThere(boolean atOnce) throws IOException {
    WholeFolder.write(target, IfExists.REFUSE, saying("old"), swap(atOnce));
    assertWhole("old");
    WholeFolder.write(target, IfExists.REPLACE, saying("new"), swap(atOnce));
    assertWhole("new");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void swapsInOneStep() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one ä"));
    Files.writeString(one.resolve("file"), "one");
    Path other = Files.writeString(folder.resolve("other"), "other");
    assertThat(Renameat2.swap(one, other)).isTrue();
    assertThat(other.resolve("file")).hasContent("one");
    assertThat(one).hasContent("other");
    assertThatThrownBy(() -> Renameat2.swap(one, folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("renameat2, error 2");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whereItCannotBeDoneItSaysSoAndChangesNothing() throws IOException {
    Path here = Files.writeString(folder.resolve("here"), "here");
    assumeThat(Path.of("/dev/shm")).isDirectory();
    Path there = Files.createTempFile(Path.of("/dev/shm"), "whole", "");
    try {
      // On two file systems no name can be moved: EXDEV.
      assertThat(Renameat2.swap(here, there)).isFalse();
      assertThat(here).hasContent("here");
    } finally {
      Files.delete(there);
    }
  }

  @Test
  void aFileComesWhereNoneIsOrNotAtAll() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(file, IfExists.REFUSE, fresh -> write(fresh, "first"));
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    folder.resolve("late"),
                    IfExists.REFUSE,
                    fresh -> {
                      write(fresh, "second");
                      write(folder.resolve("late"), "another's");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Will not replace %s: another run has written it meanwhile."
                .formatted(folder.resolve("late")));
    assertThat(folder.resolve("late")).hasContent("another's");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", "late");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnotherWroteMeanwhileIsReplacedOnlyIfAskedFor(boolean atOnce) throws IOException {
    WholeFolder.Writer late =
        fresh -> {
          saying("mine").write(fresh);
          WholeFolder.write(target, IfExists.REPLACE, saying("another's"), swap(atOnce));
        };
    assertThatThrownBy(() -> WholeFolder.write(target, IfExists.REFUSE, late, swap(atOnce)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Will not replace the folder %s: another run has written it meanwhile."
                .formatted(target));
    assertWhole("another's");
    WholeFolder.write(target, IfExists.REPLACE, late, swap(atOnce));
    assertWhole("mine");
  }

  @Test
  void failureLeavesTheOldOneAndNothingElse() throws IOException {
    WholeFolder.write(target, IfExists.REFUSE, saying("old"));
    assertThatThrownBy(
            () ->
                WholeFolder.write(
                    target,
                    IfExists.REPLACE,
                    fresh -> {
                      Files.writeString(fresh.resolve("a"), "new");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");
    assertWhole("old");
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
    WholeFolder.write(target, IfExists.REFUSE, saying("old"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("model"));
    WholeFolder.write(link, IfExists.REPLACE, saying("new"));
    assertThat(link).isSymbolicLink();
    Files.delete(link);
    assertWhole("new");
  }

  /** Killed between two moves, as on a system that cannot swap. */
  @Test
  void theOldOneIsPutBack() throws IOException {
    Path left = Files.createDirectory(Workspace.named(target, 7));
    Files.createFile(left.resolve("lock"));
    saying("new").write(Files.createDirectory(left.resolve(Workspace.NEW)));
    saying("old").write(Files.createDirectory(left.resolve(Workspace.OLD + "000")));
    assertThat(WholeFolder.putBack(target)).isTrue();
    assertWhole("old");
    assertThat(WholeFolder.putBack(target)).isFalse();
    assertThat(WholeFolder.putBack(folder.resolve("no/model"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void killedAFewTimes(boolean atOnce) throws Exception {
    kill(3, atOnce);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("long")
  void killedAHundredTimes(boolean atOnce) throws Exception {
    kill(100, atOnce);
  }

  /** Kills processes that write the folder again and again, two at a time. */
  private void kill(int times, boolean atOnce) throws Exception {
    WholeFolder.write(target, IfExists.REFUSE, saying("0"));
    Random random = new Random(11);
    int putBack = 0;
    for (int kill = 0; kill < times; kill++) {
      List<Process> writers = new ArrayList<>();
      AtomicBoolean absent = new AtomicBoolean();
      for (int i = 0; i < 2; i++) {
        Process writer =
            TestJvm.start(WholeFolderTest.class, target.toString(), Boolean.toString(atOnce));
        assertThat(writer.inputReader().readLine()).isEqualTo("writing");
        writers.add(writer);
      }
      Thread watch = Thread.ofPlatform().start(() -> watch(absent, writers));
      writers.getFirst().waitFor(20 + random.nextInt(100), TimeUnit.MILLISECONDS);
      for (Process writer : writers) {
        assertThat(writer.isAlive()).as("wrote until killed").isTrue();
        writer.destroyForcibly().waitFor();
      }
      watch.join();
      if (atOnce) {
        assertThat(absent).as("a moment without the folder").isFalse();
        assertThat(target).isDirectory();
      }
      putBack += WholeFolder.putBack(target) ? 1 : 0;
      WholeFolder.require(target);
      assertWhole(Files.readString(target.resolve("a")));
    }
    System.out.printf("%d kills, swap %s: put back %d%n", times, atOnce, putBack);
  }

  /** Looks at the folder as long as it is written. */
  private void watch(AtomicBoolean absent, List<Process> writers) {
    while (writers.getFirst().isAlive()) {
      if (!Files.isDirectory(target)) {
        absent.set(true);
      }
    }
  }

  /** Writes the folder until it is killed. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    WholeFolder.Swap swap = swap(Boolean.parseBoolean(arguments[1]));
    WholeFolder.write(target, IfExists.REPLACE, saying("first"), swap);
    System.out.println("writing");
    for (int i = 1; ; i++) {
      WholeFolder.write(
          target, IfExists.REPLACE, saying(ProcessHandle.current().pid() + " " + i), swap);
    }
  }
}
