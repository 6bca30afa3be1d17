package org.regularizedvi.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is in use stays, whoever uses it; what a killed run left goes, and nothing else. */
@DisabledOnOs(OS.WINDOWS)
class WorkspaceTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void target() {
    target = folder.resolve("out.h5ad");
  }

  private Path left(Path ofTarget, int number) throws IOException {
    Path left = Files.createDirectory(Workspace.named(ofTarget, number));
    Files.createFile(left.resolve("lock"));
    Files.writeString(left.resolve(Workspace.NEW), "half");
    return left;
  }

  @Test
  void whatIsInUseInThisProcessStays() throws IOException {
    try (Workspace one = Workspace.beside(target)) {
      Path half = Files.writeString(one.resolve(Workspace.NEW), "half");
      try (Workspace other = Workspace.beside(target)) {
        assertThat(other.resolve(Workspace.NEW)).isNotEqualTo(half);
        Files.writeString(other.resolve(Workspace.NEW), "mine");
      }
      assertThat(half).hasContent("half");
      WritableFolder.require(target);
      assertThat(half).hasContent("half");
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** The other process is a container's, say: it sees the folder, but not this process. */
  @Test
  void whatIsInUseInAnotherProcessStaysUntilThatIsKilled() throws Exception {
    Process holder = TestJvm.start(WorkspaceTest.class, target.toString());
    assertThat(holder.inputReader().readLine()).isEqualTo("held");
    List<Path> held = hidden();
    assertThat(held).hasSize(1);
    // Twice: that this process looked must not give the other's lock up, nor our own.
    WritableFolder.require(target);
    WritableFolder.require(target);
    assertThat(held.getFirst().resolve(Workspace.NEW)).hasContent("half");
    holder.destroyForcibly().waitFor();
    assertThat(hidden()).isEqualTo(held);
    WritableFolder.require(target);
    assertThat(folder).isEmptyDirectory();
  }

  /** Holds a workspace beside its argument until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Workspace own = Workspace.beside(Path.of(arguments[0]));
    Files.writeString(own.resolve(Workspace.NEW), "half");
    System.out.println("held");
    Thread.sleep(600_000);
    own.close();
  }

  private List<Path> hidden() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void leftoversOfThisTargetGo() throws IOException {
    Path ours = left(target, 1);
    Path empty = Files.createDirectory(Workspace.named(target, 2));
    Path others = left(folder.resolve("else.h5ad"), 3);
    Path longer = left(folder.resolve("out.h5ad.more"), 4);
    Path mine = Files.writeString(folder.resolve(".out.h5ad.mine.tmp"), "mine");
    WritableFolder.require(target);
    assertThat(ours).doesNotExist();
    assertThat(empty).doesNotExist();
    assertThat(others).exists();
    assertThat(longer).exists();
    assertThat(mine).exists();
  }

  @Test
  void linksInLeftoversAreNotFollowed() throws IOException {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(mine.resolve("file"), "mine");
    Files.createSymbolicLink(left(target, 1).resolve("link"), mine);
    WritableFolder.require(target);
    assertThat(hidden()).containsExactly(mine);
    assertThat(mine.resolve("file")).hasContent("mine");
  }

  @Test
  void manyThreadsGetNamesOfTheirOwn() throws Exception {
    Set<Path> names = ConcurrentHashMap.newKeySet();
    Callable<Boolean> task =
        () -> {
          boolean all = true;
          for (int i = 0; i < 20; i++) {
            try (Workspace own = Workspace.beside(target)) {
              Path file = own.resolve(Workspace.NEW);
              all &= names.add(file);
              Files.writeString(file, file.toString());
              Thread.yield();
              all &= Files.readString(file).equals(file.toString());
            }
          }
          return all;
        };
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(List.of(task, task, task, task, task, task, task, task))) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(names).hasSize(160);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void withoutLocksNothingIsTakenForALeftover() throws IOException {
    Path file = Files.createFile(folder.resolve("lock"));
    try (FileHold hold =
        FileHold.take(
                file,
                _ -> {
                  throw new IOException("Function not implemented");
                })
            .orElseThrow()) {
      assertThat(hold.seen()).isFalse();
      assertThat(FileHold.take(file)).isEmpty();
    }
    assertThat(FileHold.take(file)).isEmpty();
    assertThat(file).doesNotExist();
  }

  /** Who opened it before the other removed it would else hold a file that nobody else sees. */
  @Test
  void aLockFileThatWasReplacedMeanwhileIsNotHeld() throws IOException {
    Path file = Files.createFile(folder.resolve("lock"));
    assertThat(
            FileHold.take(
                file,
                channel -> {
                  Path next = Files.createFile(folder.resolve("next"));
                  Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                  return channel.tryLock();
                }))
        .isEmpty();
    try (FileHold hold = FileHold.take(file).orElseThrow()) {
      assertThat(hold.seen()).isTrue();
    }
  }
}
