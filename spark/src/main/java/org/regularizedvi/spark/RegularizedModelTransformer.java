package org.regularizedvi.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cli.Program;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.OptionTexts;
import org.regularizedvi.spark.scoring.CellRows;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Asks a trained model about the rows of a table of cells and adds its answers as columns. The
 * table has the columns {@code obs_names}, {@code place}, {@code indices}, {@code counts} and those
 * of the model's keys: docs/spark.md. Its rows come out sorted by place within their partitions.
 *
 * <p>Parameters are the options of the command of the same name, their names written as Java writes
 * them, their values as on the command line: {@code modelDir} for {@code --model-dir}. An option
 * that takes no value is set to {@code true}.
 */
public abstract class RegularizedModelTransformer extends Transformer
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private static final String TRUE = "true";

  private final String uid;
  private final Asked.Kind kind;

  RegularizedModelTransformer(String uid, Asked.Kind kind) {
    this.uid = uid;
    this.kind = kind;
  }

  @Override
  public final String uid() {
    return uid;
  }

  /** {@return a parameter for each option} */
  @Override
  public final Param<?>[] params() {
    return options().stream()
        .map(option -> new Param<String>(uid, name(option), String.join(" ", option.description())))
        .toArray(Param<?>[]::new);
  }

  private List<OptionSpec> options() {
    return Program.ofOptions(kind.question()).getCommandSpec().options();
  }

  /** {@return the name of an option as Java writes it: modelDir for --model-dir} */
  private static String name(OptionSpec option) {
    String[] words = option.longestName().replaceFirst("^--", "").split("-");
    StringBuilder name = new StringBuilder(words[0]);
    Arrays.stream(words)
        .skip(1)
        .forEach(
            word ->
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1)));
    return name.toString();
  }

  /**
   * Gives an option.
   *
   * @param parameter its name as Java writes it, such as modelDir
   * @param value as on the command line; {@code true} for an option that takes none
   * @return this
   */
  public final RegularizedModelTransformer setOption(String parameter, String value) {
    set(parameter, value);
    return this;
  }

  /**
   * Names the folder of the model, which every process must see.
   *
   * @param folder the folder
   * @return this
   */
  public final RegularizedModelTransformer setModelDir(String folder) {
    return setOption("modelDir", folder);
  }

  private Asked asked() {
    List<String> texts = new ArrayList<>();
    for (OptionSpec option : options()) {
      given(name(option))
          .ifPresent(
              value -> {
                if (!OptionTexts.isFlag(option)) {
                  texts.addAll(List.of(option.longestName(), value));
                } else if (value.equals(TRUE)) {
                  texts.add(option.longestName());
                }
              });
    }
    return new Asked(kind, OptionTexts.here(texts));
  }

  private Optional<String> given(String parameter) {
    Param<Object> known = getParam(parameter);
    return isSet(known) ? Optional.of(getOrDefault(known).toString()) : Optional.empty();
  }

  /**
   * {@return the columns of a table with those of the answers}
   *
   * @throws org.regularizedvi.input.InputException when a column that the model needs is missing
   */
  @Override
  public final StructType transformSchema(StructType schema) {
    return CellRows.schema(asked(), schema, uid);
  }

  /**
   * {@return the table with the answers, which are computed when its rows are asked for}
   *
   * @throws org.regularizedvi.input.InputException when a column that the model needs is missing
   */
  @Override
  public final Dataset<Row> transform(Dataset<?> table) {
    return new CellRows(table.toDF(), "the table", CountChecks.INTEGERS, true, _ -> {})
        .answers(asked());
  }

  @Override
  public final RegularizedModelTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
