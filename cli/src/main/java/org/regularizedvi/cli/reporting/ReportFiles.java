package org.regularizedvi.cli.reporting;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFile;
import org.regularizedvi.formats.tables.CsvFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.report.Metrics;
import org.regularizedvi.report.Page;
import org.regularizedvi.report.Report;

/**
 * Names the files of a report.
 *
 * @param page the report itself; its name ends in .html
 * @param metricsFolder where {@code metrics.json}, {@code metrics.csv} and {@code
 *     regularizedvi_mqc.json} go
 */
public record ReportFiles(Optional<Path> page, Optional<Path> metricsFolder) {
  private static final String JSON = "metrics.json";
  private static final String CSV = "metrics.csv";
  private static final String MULTIQC = "regularizedvi_mqc.json";

  /**
   * Checks the name of the page.
   *
   * @throws InputException when it does not end in .html
   */
  public ReportFiles {
    page.filter(p -> !p.toString().endsWith(".html"))
        .ifPresent(
            p -> {
              throw new InputException(
                  "The report's name must end in .html, but is %s.".formatted(p));
            });
  }

  /** {@return no files at all} */
  public static ReportFiles none() {
    return new ReportFiles(Optional.empty(), Optional.empty());
  }

  /** {@return whether anything is to be written} */
  public boolean any() {
    return page.isPresent() || metricsFolder.isPresent();
  }

  /**
   * Checks, before any work, that all files can be written.
   *
   * @param ifExists whether files that exist may be replaced
   * @throws InputException when one cannot
   */
  public void require(IfExists ifExists) {
    page.ifPresent(p -> WholeFile.require(p, ifExists));
    for (Path file : metrics()) {
      WholeFile.require(file, ifExists);
    }
  }

  private List<Path> metrics() {
    List<Path> files = new ArrayList<>();
    metricsFolder.ifPresent(
        folder -> List.of(JSON, CSV, MULTIQC).forEach(name -> files.add(folder.resolve(name))));
    return files;
  }

  /**
   * Writes the files, each whole or not at all.
   *
   * @param report their contents
   * @param ifExists whether files that exist may be replaced
   */
  public void write(Report report, IfExists ifExists) {
    page.ifPresent(p -> text(p, Page.of(report), ifExists));
    SequencedMap<String, Double> metrics = Metrics.of(report);
    metricsFolder.ifPresent(
        folder -> {
          text(folder.resolve(JSON), Metrics.json(metrics), ifExists);
          List<List<String>> rows = new ArrayList<>();
          metrics.forEach(
              (name, value) -> rows.add(List.of(name, value.isNaN() ? "" : value.toString())));
          CsvFile.write(folder.resolve(CSV), List.of("metric", "value"), rows, ifExists);
          text(folder.resolve(MULTIQC), Metrics.multiQc(report.run().title(), metrics), ifExists);
        });
  }

  private static void text(Path file, String text, IfExists ifExists) {
    WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8), ifExists);
  }
}
