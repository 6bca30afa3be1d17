package org.regularizedvi.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.ambient.DropletRange;
import org.regularizedvi.ambient.ProfileFiles;
import picocli.CommandLine.Option;

/** Holds the options that say what was measured of ambient RNA. */
public final class AmbientOptions {
  @Option(
      names = "--ambient-profile",
      paramLabel = "[CATEGORY=]FILE",
      description =
          "Measured profile of ambient RNA, at which the background starts and which holds it: a"
              + " table (.csv, .tsv) of features and their counts or shares, or the raw matrix of all"
              + " droplets, of which those of few counts are taken. Of one category of the ambient"
              + " key, or of all that have no file of their own. Can be given several times.")
  private List<CategoryFiles> files = new ArrayList<>();

  @Option(
      names = "--ambient-profile-min-counts",
      paramLabel = "N",
      description =
          "Least total count of a droplet that is taken for empty (default: ${DEFAULT-VALUE}).")
  private int minCounts = DropletRange.defaults().minCounts();

  @Option(
      names = "--ambient-profile-max-counts",
      paramLabel = "N",
      description = "Largest total count of such a droplet (default: ${DEFAULT-VALUE}).")
  private int maxCounts = DropletRange.defaults().maxCounts();

  /**
   * {@return the files of profiles, none where none was given}
   *
   * @throws org.regularizedvi.input.InputException when the counts are no range
   */
  public ProfileFiles toFiles() {
    return new ProfileFiles(
        files.stream().flatMap(own -> own.files().stream()).toList(),
        new DropletRange(minCounts, maxCounts));
  }
}
