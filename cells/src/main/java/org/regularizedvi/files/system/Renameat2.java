package org.regularizedvi.files.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Calls Linux's renameat2, which does in one step what the JDK cannot: it swaps two names, or moves
 * a file to a name only if that name is free (manual page rename(2)).
 */
public final class Renameat2 {
  private static final int CURRENT_FOLDER = -100;
  private static final int NO_REPLACE = 1;
  private static final int EXCHANGE = 2;
  private static final int EXISTS = 17;

  // EPERM (a container that knows no such call), EXDEV, EINVAL, ENOSYS, EOPNOTSUPP.
  private static final Set<Integer> UNKNOWN_HERE = Set.of(1, 18, 22, 38, 95);

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final Optional<MethodHandle> CALL = bind();

  private Renameat2() {}

  @SuppressWarnings("restricted") // calls into the C library by design
  private static Optional<MethodHandle> bind() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("renameat2")
        .map(
            address ->
                linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT),
                    Linker.Option.captureCallState("errno")));
  }

  /**
   * Swaps what two names stand for.
   *
   * @param one a file or folder
   * @param other another one
   * @return false, and nothing is changed, where the system or file system cannot do it
   * @throws IOException when the call fails for another reason
   */
  public static boolean swap(Path one, Path other) throws IOException {
    return call(one, other, EXCHANGE);
  }

  /**
   * Moves a file or folder to a name that is free.
   *
   * @param from its name
   * @param to its new name
   * @return false, and nothing is changed, where the system or file system cannot tell whether the
   *     name is free
   * @throws FileAlreadyExistsException when it is not free
   * @throws IOException when the call fails for another reason
   */
  public static boolean moveToFree(Path from, Path to) throws IOException {
    return call(from, to, NO_REPLACE);
  }

  private static boolean call(Path from, Path to, int flag) throws IOException {
    if (CALL.isEmpty()) {
      return false;
    }
    int errno;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result =
          (int)
              CALL.get()
                  .invokeExact(
                      state,
                      CURRENT_FOLDER,
                      name(from, arena),
                      CURRENT_FOLDER,
                      name(to, arena),
                      flag);
      errno = result == 0 ? 0 : (int) ERRNO.get(state, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("Calling renameat2", e);
    }
    if (errno == EXISTS) {
      throw new FileAlreadyExistsException(to.toString());
    }
    if (errno != 0 && !UNKNOWN_HERE.contains(errno)) {
      throw new FileSystemException(from.toString(), to.toString(), "renameat2, error " + errno);
    }
    return errno == 0;
  }

  /** {@return the name in the bytes that the JDK's own calls use} */
  private static MemorySegment name(Path path, Arena arena) {
    return arena.allocateFrom(
        path.toAbsolutePath().toString(),
        Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
  }
}
