package org.regularizedvi.spark.question;

import java.nio.file.Path;
import org.regularizedvi.cells.CellChoice;
import org.regularizedvi.cli.options.DeviceOption;
import org.regularizedvi.cli.options.ModelFolder;
import org.regularizedvi.cli.options.Query;
import org.regularizedvi.cli.options.QueryOptions;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import picocli.CommandLine.Mixin;

/**
 * Asks a model about cells. Its options are those of the command of the same name of the program on
 * one machine.
 */
public abstract class ModelQuestion {
  @Mixin private ModelFolder folder;
  @Mixin private QueryOptions query;
  @Mixin private DeviceOption device;

  /** {@return the folder of the model} */
  public final Path modelDir() {
    return folder.path();
  }

  /** {@return how the cells may differ from those that the model was trained on} */
  public final Query query() {
    return query.toQuery();
  }

  /** {@return what the model is computed on} */
  public final DeviceOption device() {
    return device;
  }

  /**
   * Checks that the model can be asked about every row of a table: a model of chosen cells has
   * other places for them.
   *
   * @param model that will be asked
   * @throws InputException when it was trained on chosen cells, unless all are asked for
   */
  public final void requireAllCells(RegularizedModel model) {
    CellChoice choice = model.input().cells();
    if (!choice.equals(CellChoice.all()) && !query().allCells()) {
      throw new InputException(
          "The model was trained on some of the cells, by their counts or columns, but of a table every row is taken: choose rows with Spark, and say --all-cells.");
    }
  }
}
