package org.regularizedvi.formats.damage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regularizedvi.formats.PythonEnvironment;

/** What each byte of an HDF5 file is, as libhdf5 itself says: see src/test/python/raw_ranges.py. */
final class ByteKinds {
  /** DESCRIPTION is all that nothing else is: headers, indices, attributes, gaps. */
  enum Kind {
    DESCRIPTION,
    VALUE,
    CHECKED,
    REFERENCE,
    TEXT,
    NAME
  }

  /** Data without a checksum: which bytes are right, nobody can tell. */
  private static final Set<Kind> DATA = EnumSet.of(Kind.VALUE, Kind.REFERENCE, Kind.TEXT);

  private final Kind[] kinds;

  private ByteKinds(int bytes) {
    kinds = new Kind[bytes];
    Arrays.fill(kinds, Kind.DESCRIPTION);
  }

  /** Tells of each file. */
  static Map<Path, ByteKinds> of(List<Path> files) {
    Map<Path, ByteKinds> told =
        files.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), f -> new ByteKinds((int) f.toFile().length())));
    PythonEnvironment.run("raw_ranges.py", files.toArray())
        .lines()
        .map(line -> line.split("\t"))
        .forEach(
            range ->
                Arrays.fill(
                    told.get(Path.of(range[0])).kinds,
                    Integer.parseInt(range[1]),
                    Integer.parseInt(range[2]),
                    Kind.valueOf(range[3].toUpperCase())));
    return told;
  }

  /** Returns the damaged file with its data as they were: what is left is damage to the rest. */
  byte[] withDataOf(byte[] whole, byte[] damaged) {
    byte[] mended = damaged.clone();
    for (int i = 0; i < Math.min(mended.length, kinds.length); i++) {
      if (DATA.contains(kinds[i])) {
        mended[i] = whole[i];
      }
    }
    return mended;
  }

  /** Says how many bytes of each kind differ, and where the first one that is not data is. */
  String told(byte[] whole, byte[] damaged) {
    Map<Kind, Integer> counts = new TreeMap<>();
    String first = "";
    for (int i = 0; i < Math.min(whole.length, damaged.length); i++) {
      if (whole[i] != damaged[i]) {
        counts.merge(kinds[i], 1, Integer::sum);
        if (first.isEmpty() && !DATA.contains(kinds[i])) {
          first = "byte %d from %02x to %02x".formatted(i, whole[i], damaged[i]);
        }
      }
    }
    return counts + " " + first;
  }
}
