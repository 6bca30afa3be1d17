package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.input.InputException;
import org.regularizedvi.samples.FeatureJoin;
import org.regularizedvi.samples.JoinedCells;
import org.regularizedvi.samples.Sample;
import org.regularizedvi.samples.Samples;

/**
 * Holds the files that a command reads: one as it is, or several as one data set.
 *
 * @param files at least one; a sample sheet stands alone
 * @param join which features of several are taken; empty where nothing was said
 */
public record Inputs(List<Path> files, Optional<FeatureJoin> join) {
  /** Keeps a copy, which nobody can change. */
  public Inputs {
    files = List.copyOf(files);
  }

  /**
   * {@return a single file}
   *
   * @param file or folder, or a sample sheet
   */
  public static Inputs of(Path file) {
    return new Inputs(List.of(file), Optional.empty());
  }

  /** Tells whether they are one data set of samples: several files, or a sample sheet. */
  boolean several() {
    return Samples.areIn(files);
  }

  /**
   * Opens all; the caller closes the result.
   *
   * @param each opens one of them
   * @throws InputException when one cannot be opened, or they cannot be joined
   */
  CellSource open(Function<Path, CellSource> each) {
    if (!several()) {
      join.ifPresent(_ -> requireSeveral());
      return each.apply(files.getFirst());
    }
    List<Sample> samples = Samples.of(files);
    List<CellSource> opened = new ArrayList<>();
    try {
      samples.forEach(sample -> opened.add(each.apply(sample.path())));
      return JoinedCells.of(samples, opened, join.orElse(FeatureJoin.INTERSECTION));
    } catch (RuntimeException | Error e) {
      opened.forEach(CellSource::close);
      throw e;
    }
  }

  private void requireSeveral() {
    throw new InputException(
        "--join-features is for several inputs, but %s is the only one."
            .formatted(files.getFirst()));
  }
}
