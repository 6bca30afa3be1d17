package org.regularizedvi.formats.anndata.encoding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes unstructured annotations: encoding-types "dict", "string", "numeric-scalar",
 * "array", "string-array", "null".
 */
public final class TreeCodec {
  private static final long[] SCALAR = {};

  /** Deeper than anyone writes; a link may lead back to a group above it. */
  private static final int DEEPEST = 64;

  private TreeCodec() {}

  /**
   * Reads a value with all below it.
   *
   * @param file the file, or a group of it
   * @param path the path of the value
   * @return the value
   * @throws InputException when it holds what {@link Tree} has no form for
   */
  public static Tree read(Hierarchy file, String path) {
    return read(file, path, 0);
  }

  private static Tree read(Hierarchy file, String path, int depth) {
    return switch (file.kind(path)) {
      case GROUP -> dict(file, path, depth);
      case NULL -> new Tree.Nothing();
      case ARRAY -> value(file, path);
      case MISSING, OTHER -> throw unknown(file.where(path), "nothing that can be read");
    };
  }

  private static Tree dict(Hierarchy file, String path, int depth) {
    if (depth > DEEPEST) {
      throw unknown(file.where(path), "a dict more than %d deep in others".formatted(DEEPEST));
    }
    String encoding = Encodings.of(file, path);
    if (!encoding.isEmpty() && !encoding.equals(Encodings.DICT)) {
      throw unknown(file.where(path), encoding);
    }
    SequencedMap<String, Tree> entries = new LinkedHashMap<>();
    for (String name : file.children(path)) {
      entries.put(name, read(file, path + "/" + name, depth + 1));
    }
    return new Tree.Dict(entries);
  }

  private static Tree value(Hierarchy file, String path) {
    try (StoredArray dataset = file.array(path)) {
      int axes = dataset.shape().length;
      if (axes > 1) {
        throw unknown(dataset.where(), axes + " axes");
      }
      boolean scalar = axes == 0;
      return switch (dataset.type().kind()) {
        case TEXT ->
            scalar
                ? new Tree.Text(dataset.strings()[0])
                : new Tree.Texts(List.of(dataset.strings()));
        case INTEGER ->
            scalar ? new Tree.Whole(dataset.longs()[0]) : new Tree.Reals(dataset.doubles());
        case FLOAT ->
            scalar ? new Tree.Real(dataset.doubles()[0]) : new Tree.Reals(dataset.doubles());
        case BOOLEAN ->
            scalar ? new Tree.Flag(dataset.ints()[0] != 0) : new Tree.Reals(dataset.doubles());
        case COMPOUND, OTHER -> throw unknown(dataset.where(), dataset.type().describe());
      };
    }
  }

  private static InputException unknown(String where, String found) {
    return new InputException(
        "%s holds %s; expected a dict, a text, a number, or a list of those."
            .formatted(where, found));
  }

  /** Writes a value with all below it; {@link Tree.Nothing} leaves no trace. */
  static void write(HierarchyOutput out, String path, Tree tree) {
    switch (tree) {
      case Tree.Dict(SequencedMap<String, Tree> entries) -> {
        Encodings.group(out, path, Encodings.DICT, Encodings.V1);
        entries.forEach((name, value) -> write(out, path + "/" + Names.checked(name), value));
      }
      case Tree.Text(String value) -> {
        out.texts(path, SCALAR, value);
        Encodings.mark(out, path, Encodings.STRING, Encodings.V2);
      }
      case Tree.Whole(long value) -> {
        out.longs(path, SCALAR, new long[] {value}, Storage.PLAIN);
        Encodings.mark(out, path, Encodings.SCALAR, Encodings.V2);
      }
      case Tree.Real(double value) -> {
        out.doubles(path, SCALAR, new double[] {value}, Storage.PLAIN);
        Encodings.mark(out, path, Encodings.SCALAR, Encodings.V2);
      }
      case Tree.Flag(boolean value) -> {
        out.flags(path, SCALAR, new boolean[] {value});
        Encodings.mark(out, path, Encodings.SCALAR, Encodings.V2);
      }
      case Tree.Reals(double[] values) -> ArrayCodec.write(out, path, values);
      case Tree.Texts(List<String> values) ->
          ArrayCodec.write(out, path, values.toArray(String[]::new));
      case Tree.Nothing() -> {}
    }
  }
}
