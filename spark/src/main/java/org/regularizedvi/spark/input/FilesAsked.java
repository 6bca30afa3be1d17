package org.regularizedvi.spark.input;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cli.options.Inputs;
import org.regularizedvi.cli.options.Query;
import org.regularizedvi.cli.options.Reading;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.question.OptionTexts;

/**
 * Names files of cells and says how they are read, as text, in which form it goes to other
 * processes.
 *
 * @param files at least one
 * @param options those of {@link FileOptions} that were given beside them
 */
public record FilesAsked(List<String> files, OptionTexts options) implements Serializable {
  /** Keeps a copy. */
  public FilesAsked {
    files = List.copyOf(files);
  }

  /**
   * Opens the files for a model, as the program on one machine does: several as one data set.
   *
   * @param model that will be asked about the cells
   * @param query how the files may differ from those of training
   * @param say is told, in a sentence each, what nobody asked for
   * @return the cells, to be closed by the caller
   * @throws org.regularizedvi.input.InputException when a file cannot be read or does not fit
   */
  public CellSource open(RegularizedModel model, Query query, Consumer<String> say) {
    return reading().open(inputs(), model, query, say);
  }

  /**
   * Opens the files with all their cells, after somebody else has opened them as {@link #open}
   * does: what there was to say was said, damage was looked for, and cells were chosen.
   *
   * @param model that will be asked about the cells
   * @param query how the files may differ from those of training
   * @return the cells, to be closed by the caller
   */
  public CellSource openAgain(RegularizedModel model, Query query) {
    return reading().trusting().open(inputs(), model, new Query(query.missing(), true), _ -> {});
  }

  private Reading reading() {
    return parsed().reading();
  }

  private Inputs inputs() {
    return new Inputs(files.stream().map(options::path).toList(), parsed().join());
  }

  private FileOptions parsed() {
    return options.read(new FileOptions());
  }
}
