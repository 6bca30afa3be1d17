package org.regularizedvi.data.hdf5;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regularizedvi.data.InputException;

/** Opens and creates HDF5 files, saying in a user's words why one cannot be opened. */
final class FileIds {
  private static final long SIGNATURE = 0x894844460d0a1a0aL;
  private static final int FIRST_USER_BLOCK = 512;
  private static final int READ_ONLY = 0;
  private static final int READ_WRITE = 1;
  private static final int EXCLUSIVE = 4;

  private FileIds() {}

  static long openForReading(Path path) {
    check(path);
    return open(path, READ_ONLY);
  }

  static long openForWriting(Path path) {
    check(path);
    return open(path, READ_WRITE);
  }

  /** Creates a file that must not exist yet. */
  static long create(Path path) {
    NativeLibrary.locate();
    return Hdf5Lock.guard(
        "Creating " + path,
        () -> {
          LibHdf5.start();
          try (Arena arena = Arena.ofConfined();
              Handle access = access()) {
            long name = arena.allocateFrom(path.toString()).address();
            return LibHdf5.FILE_CREATE.call(name, EXCLUSIVE, 0, access.id());
          }
        });
  }

  private static long open(Path path, int mode) {
    NativeLibrary.locate();
    return Hdf5Lock.guard(
        "Opening " + path,
        () -> {
          LibHdf5.start();
          try (Arena arena = Arena.ofConfined();
              Handle access = access()) {
            long name = arena.allocateFrom(path.toString()).address();
            return LibHdf5.FILE_OPEN.call(name, mode, access.id());
          } catch (Hdf5Exception e) {
            if (e.getMessage().contains("truncated file")) {
              throw new InputException(
                  "%s is truncated: it is shorter than its own header says, as after an interrupted download or copy (%s)."
                      .formatted(path, e.reason()),
                  e);
            }
            throw e;
          }
        });
  }

  /**
   * Asks for locks where the file system has them, and that closing a file closes what is in it.
   */
  private static Handle access() {
    Handle access =
        new Handle(LibHdf5.PLIST_CREATE.call(Function.global("H5P_CLS_FILE_ACCESS_ID_g")));
    LibHdf5.PLIST_CLOSE_DEGREE.call(access.id(), LibHdf5.CLOSE_STRONG);
    LibHdf5.PLIST_LOCKING.call(access.id(), 1, 1);
    return access;
  }

  private static void check(Path path) {
    if (Files.isDirectory(path)) {
      throw new InputException(path + " is a folder; expected an HDF5 file such as .h5ad.");
    }
    if (!Files.exists(path)) {
      throw new InputException("There is no file " + path + ".");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      if (!hasSignature(channel)) {
        throw new InputException(
            "%s (%,d bytes) is not an HDF5 file: its first bytes are not HDF5's signature."
                .formatted(path, channel.size()));
      }
    } catch (AccessDeniedException e) {
      throw new InputException("The file %s may not be read by this user.".formatted(path), e);
    } catch (IOException e) {
      throw new InputException("Cannot read the file %s: %s".formatted(path, e), e);
    }
  }

  /** The signature is at 0, or after a user block of 512, 1024, 2048 ... bytes. */
  private static boolean hasSignature(FileChannel channel) throws IOException {
    ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);
    for (long at = 0; at < channel.size(); at = Math.max(FIRST_USER_BLOCK, at * 2)) {
      eight.clear();
      if (channel.read(eight, at) == Long.BYTES && eight.flip().getLong() == SIGNATURE) {
        return true;
      }
    }
    return false;
  }
}
