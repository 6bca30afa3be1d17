package org.regularizedvi.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.regularizedvi.input.InputException;

/**
 * Is a file for what does not fit into memory. It is gone when this is closed; where the system
 * allows it, it has no name from the start, so that not even a killed process leaves it.
 */
public final class TemporaryFile implements Closeable {
  private final FileChannel channel;
  private final Workspace workspace;
  private final Path folder;

  private TemporaryFile(FileChannel channel, Workspace workspace, Path folder) {
    this.channel = channel;
    this.workspace = workspace;
    this.folder = folder;
  }

  /**
   * Makes an empty file in the folder of a file or folder that is yet to be written.
   *
   * @param target that file or folder
   * @return the temporary file
   * @throws InputException when the folder cannot be written to
   */
  public static TemporaryFile beside(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      Workspace workspace = Workspace.beside(target);
      try {
        return new TemporaryFile(
            FileChannel.open(
                workspace.resolve(Workspace.NEW),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            workspace,
            folder);
      } catch (IOException e) {
        workspace.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /**
   * Makes an empty file in a folder.
   *
   * @param folder that folder, which is made if it is missing
   * @return the temporary file
   * @throws InputException when the folder cannot be written to
   */
  public static TemporaryFile in(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException(
          "%s is a file; expected a folder for temporary files.".formatted(folder));
    }
    return beside(folder.resolve("regularizedvi"));
  }

  /** {@return the folder of the system for temporary files} */
  public static Path systemFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** {@return what the file is written and read through} */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Writes what remains of a buffer.
   *
   * @param bytes the buffer
   * @param place where its first byte goes in the file
   * @throws InputException when the disk is full
   */
  public void write(ByteBuffer bytes, long place) {
    try {
      for (long at = place; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Reads as many bytes as remain in a buffer.
   *
   * @param bytes the buffer
   * @param place where the first byte lies in the file
   * @throws InputException when the disk does not give them
   */
  public void read(ByteBuffer bytes, long place) {
    try {
      for (long at = place; bytes.hasRemaining(); ) {
        int some = channel.read(bytes, at);
        if (some < 0) {
          throw new IOException("a temporary file ended early");
        }
        at += some;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** {@return the folder of the target} */
  public Path folder() {
    return folder;
  }

  /**
   * {@return the sentence for a user whose disk does not take or give what it should}
   *
   * @param e what happened
   */
  public InputException failed(IOException e) {
    return failed(folder, e);
  }

  private static InputException failed(Path folder, IOException e) {
    return new InputException(
        "Cannot keep results in a temporary file in %s: %s".formatted(folder, e.getMessage()), e);
  }

  @Override
  public void close() {
    try (Workspace _ = workspace) {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
