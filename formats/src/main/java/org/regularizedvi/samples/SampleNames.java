package org.regularizedvi.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/**
 * Names files as samples: in the layout of Cell Ranger, {@code SAMPLE/outs/...} or {@code
 * per_sample_outs/SAMPLE/...}, as their folder says; else by their own name without its ending;
 * where several files share it, by the nearest folders that differ.
 */
final class SampleNames {
  private SampleNames() {}

  /**
   * {@return the name of each file, each once}
   *
   * @param files the files or folders
   * @throws InputException when files cannot be told apart
   */
  static List<String> of(List<Path> files) {
    List<List<String>> parts = files.stream().map(SampleNames::parts).toList();
    List<String> names = new ArrayList<>(parts.stream().map(SampleNames::plain).toList());
    for (String name : new HashSet<>(names)) {
      int[] same =
          IntStream.range(0, names.size()).filter(i -> names.get(i).equals(name)).toArray();
      if (same.length > 1) {
        List<String> apart = apart(IntStream.of(same).mapToObj(parts::get).toList());
        for (int i = 0; i < apart.size(); i++) {
          names.set(same[i], apart.get(i));
        }
      }
    }
    requireDifferent(names, files);
    return names;
  }

  /** {@return the folders of a file and its name, from the root on} */
  private static List<String> parts(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    List<String> parts =
        new ArrayList<>(
            StreamSupport.stream(whole.spliterator(), false).map(Path::toString).toList());
    if (!parts.isEmpty()) {
      parts.set(parts.size() - 1, Formats.stem(whole));
    }
    return parts;
  }

  private static String plain(List<String> parts) {
    int many = parts.lastIndexOf("per_sample_outs");
    if (many >= 0 && many + 1 < parts.size()) {
      return parts.get(many + 1);
    }
    int outs = parts.lastIndexOf("outs");
    boolean matrix =
        outs > 0 && outs + 1 < parts.size() && parts.get(outs + 1).matches(".*_bc_matri(x|ces).*");
    return matrix ? parts.get(outs - 1) : parts.getLast();
  }

  /** {@return the names of the nearest folders that all differ; the same names where none do} */
  private static List<String> apart(List<List<String>> files) {
    int depth = files.stream().mapToInt(List::size).min().orElseThrow();
    for (int up = 0; up < depth; up++) {
      int at = up;
      List<String> folders = files.stream().map(parts -> parts.reversed().get(at)).toList();
      if (new HashSet<>(folders).size() == files.size()) {
        return folders;
      }
    }
    return Collections.nCopies(files.size(), plain(files.getFirst()));
  }

  /**
   * Checks that no two files have the same name.
   *
   * @throws InputException naming two that have
   */
  static void requireDifferent(List<String> names, List<Path> files) {
    for (int i = 0; i < names.size(); i++) {
      int before = names.indexOf(names.get(i));
      if (before < i) {
        throw new InputException(
            "%s and %s are both samples named '%s'; expected a name of its own for each: give them in a sample sheet (.csv with the columns path and name)."
                .formatted(files.get(before), files.get(i), names.get(i)));
      }
    }
  }
}
