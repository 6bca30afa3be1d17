package org.regularizedvi.formats.hdf5;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.hierarchy.Container;
import org.regularizedvi.formats.hierarchy.HierarchyContent;
import org.regularizedvi.input.InputException;

/** Opens HDF5 files, whose names end as what is in them has it. */
public final class H5Container implements Container {
  @Override
  public List<String> endings() {
    return List.of();
  }

  @Override
  public boolean isAt(Path place) {
    return H5File.isAt(place);
  }

  @Override
  public H5File open(Path place) {
    return H5File.open(place);
  }

  @Override
  public void requireTarget(Path target, IfExists ifExists) {
    AtomicFile.check(target, ifExists);
  }

  @Override
  public void write(Path target, IfExists ifExists, HierarchyContent content) {
    write(target, ifExists, content, file -> H5Output.create(file, content.beginning()).close());
    FileFence.written(target);
  }

  @Override
  public void copy(Path input, Path target, IfExists ifExists, HierarchyContent change) {
    write(target, ifExists, change, file -> copy(input, file));
  }

  private static void write(
      Path target, IfExists ifExists, HierarchyContent content, Consumer<Path> before) {
    AtomicFile.write(
        target,
        ifExists,
        temporary -> {
          before.accept(temporary);
          AtomicFile.reserve(temporary, content.bytes());
          try (H5Output out = H5Output.append(temporary)) {
            content.fill().accept(out);
          }
          content.check().accept(temporary);
        });
  }

  /** Copies into a new file with default rights: the input's may forbid writing. */
  private static void copy(Path input, Path to) {
    try (FileChannel in = FileChannel.open(input);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        long moved = in.transferTo(done, size - done, out);
        if (moved <= 0) {
          throw new IOException("%s shrank while it was copied".formatted(input));
        }
        done += moved;
      }
    } catch (IOException e) {
      throw new InputException("Cannot copy %s to %s: %s".formatted(input, to, e), e);
    }
  }
}
