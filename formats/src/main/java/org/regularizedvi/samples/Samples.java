package org.regularizedvi.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.input.InputException;

/** Finds which samples files hold. */
public final class Samples {
  private Samples() {}

  /**
   * {@return whether files are one data set of samples: several files, or a sample sheet}
   *
   * @param files at least one file, or folder
   */
  public static boolean areIn(List<Path> files) {
    return files.size() > 1 || SampleSheet.isAt(files.getFirst());
  }

  /**
   * {@return the samples, one for each file, or those of a sheet}
   *
   * @param files files of cells, or a sample sheet alone
   * @throws InputException when the sheet cannot be read or is not alone, or two samples would have
   *     the same name
   */
  public static List<Sample> of(List<Path> files) {
    if (files.size() == 1 && SampleSheet.isAt(files.getFirst())) {
      return SampleSheet.read(files.getFirst());
    }
    for (Path file : files) {
      if (SampleSheet.isAt(file)) {
        throw new InputException(
            "%s is a sample sheet, which lists all files; expected no other input beside it."
                .formatted(file));
      }
    }
    List<String> names = SampleNames.of(files);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      samples.add(Sample.of(names.get(i), files.get(i)));
    }
    return samples;
  }
}
