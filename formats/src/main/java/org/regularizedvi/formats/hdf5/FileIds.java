package org.regularizedvi.formats.hdf5;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

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

  /**
   * Creates a file that must not exist yet.
   *
   * @param text what stands before HDF5's part, in a user block; no block where it is empty
   */
  static long create(Path path, String text) {
    byte[] block = text.getBytes(StandardCharsets.UTF_8);
    if (block.length > FIRST_USER_BLOCK) {
      throw new IllegalArgumentException(
          "%d bytes before HDF5's part, at most %d".formatted(block.length, FIRST_USER_BLOCK));
    }
    Hdf5Library.LIBRARY.locate();
    return Hdf5Lock.guard(
        "Creating " + path,
        () -> {
          LibHdf5.start();
          try (Arena arena = Arena.ofConfined();
              Handle access = access();
              Handle creation =
                  new Handle(
                      LibHdf5.PLIST_CREATE.call(Function.global("H5P_CLS_FILE_CREATE_ID_g")))) {
            LibHdf5.PLIST_USER_BLOCK.call(creation.id(), block.length == 0 ? 0 : FIRST_USER_BLOCK);
            long name = arena.allocateFrom(path.toString()).address();
            long id = LibHdf5.FILE_CREATE.call(name, EXCLUSIVE, creation.id(), access.id());
            try {
              writeBlock(path, block);
            } catch (InputException e) {
              LibHdf5.FILE_CLOSE.call(id);
              throw e;
            }
            return id;
          }
        });
  }

  /** Fills the user block, which libhdf5 leaves alone; the file has it from here on. */
  private static void writeBlock(Path path, byte[] block) {
    if (block.length > 0) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(Arrays.copyOf(block, FIRST_USER_BLOCK)), 0);
      } catch (IOException e) {
        throw new InputException("Cannot write %s: %s".formatted(path, e), e);
      }
    }
  }

  private static long open(Path path, int mode) {
    Hdf5Library.LIBRARY.locate();
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

  /** Requires a file that begins as HDF5 files do. */
  static void check(Path path) {
    if (Files.isDirectory(path)) {
      throw new InputException(
          path + " is a folder; expected an HDF5 file such as .h5ad or .h5mu.");
    }
    if (!Files.exists(path)) {
      throw new InputException("There is no file " + path + ".");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      if (!hasSignature(channel)) {
        throw new InputException(
            "%s (%s) is not an HDF5 file: its first bytes are not HDF5's signature."
                .formatted(path, Amount.of(channel.size(), "byte")));
      }
    } catch (AccessDeniedException e) {
      throw new InputException("The file %s may not be read by this user.".formatted(path), e);
    } catch (IOException e) {
      throw new InputException("Cannot read the file %s: %s".formatted(path, e), e);
    }
  }

  /** Tells whether there is a file that begins as HDF5 files do and may be read. */
  static boolean isHdf5(Path path) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return hasSignature(channel);
    } catch (IOException e) {
      throw new InputException("Cannot read the file %s: %s".formatted(path, e), e);
    }
  }

  /** Looks for the signature, which is at 0, or after a user block of 512, 1024, 2048 ... bytes. */
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
