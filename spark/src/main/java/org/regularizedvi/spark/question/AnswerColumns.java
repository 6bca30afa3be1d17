package org.regularizedvi.spark.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.Tree;

/**
 * Gives answers as columns of a table of cells, under the names that they have in an .h5ad; those
 * of one of several modalities have its name and a colon before.
 *
 * <ul>
 *   <li>A matrix with a row for each cell is an array of numbers.
 *   <li>A sparse layer is an array of places of features and one of values.
 *   <li>A dense layer is an array with a number for each feature.
 * </ul>
 *
 * <p>Where values are of features, the field's metadata names these under {@value #FEATURES}. What
 * has no row for each cell is left out.
 */
public final class AnswerColumns {
  /** The metadata of a column that names features, in the order of their places. */
  public static final String FEATURES = "features";

  private static final DataType FLOATS = new ArrayType(DataTypes.FloatType, false);
  private static final DataType SPARSE =
      new StructType()
          .add("indices", new ArrayType(DataTypes.IntegerType, false), false)
          .add("values", FLOATS, false);

  private final List<Answered> columns = new ArrayList<>();

  private record Answered(StructField field, IntFunction<Object> ofRow) {}

  /**
   * Arranges an answer, which stays open while values are asked for.
   *
   * @param additions the answer
   * @param cells that it is about
   */
  public AnswerColumns(TableAdditions additions, CellSource cells) {
    add("", additions.shared(), cells);
    additions.modalities().forEach((name, own) -> add(name, own, cells));
  }

  /** {@return the columns} */
  public List<StructField> fields() {
    return columns.stream().map(Answered::field).toList();
  }

  /**
   * Writes the values of a cell.
   *
   * @param row the place of the cell in the answer
   * @param into takes them
   * @param first place of the first of them
   */
  public void put(int row, Object[] into, int first) {
    for (int c = 0; c < columns.size(); c++) {
      into[first + c] = columns.get(c).ofRow().apply(row);
    }
  }

  private void add(String modality, List<Addition> additions, CellSource cells) {
    for (Addition addition : additions) {
      String name = modality.isEmpty() ? addition.name() : modality + ":" + addition.name();
      switch (addition) {
        case Addition.Obsm(String key, FloatMatrix values) ->
            add(name, FLOATS, features(key, additions), r -> row(values, r));
        case Addition.ObsColumn(_, Column values) -> add(name, values);
        case Addition.OfLayer(_, SparseLayer layer) ->
            add(name, SPARSE, features(modality, cells), r -> row(layer.read(r, r + 1)));
        case Addition.OfLayer(_, DenseLayer layer) ->
            add(name, FLOATS, features(modality, cells), r -> layer.read(r, r + 1));
        case Addition.VarColumn _,
            Addition.Varm _,
            Addition.Obsp _,
            Addition.OfRaw _,
            Addition.Uns _ -> {
          // has no row for each cell
        }
      }
    }
  }

  private void add(String name, Column values) {
    switch (values) {
      case Column.Numbers(double[] numbers, _) ->
          add(name, DataTypes.DoubleType, Metadata.empty(), r -> numbers[r]);
      case Column.Flags(boolean[] flags, _) ->
          add(name, DataTypes.BooleanType, Metadata.empty(), r -> flags[r]);
      case Column.Text _, Column.Categorical _ ->
          add(
              name,
              DataTypes.StringType,
              Metadata.empty(),
              r -> PandasText.of(values, r).orElse(null));
    }
  }

  private void add(String name, DataType type, Metadata features, IntFunction<Object> ofRow) {
    columns.add(new Answered(new StructField(name, type, true, features), ofRow));
  }

  /** {@return the features that the columns of a matrix of cells stand for, where they do} */
  private static Metadata features(String matrix, List<Addition> additions) {
    return additions.stream()
        .flatMap(
            addition ->
                addition instanceof Addition.Uns(String key, Tree.Texts(List<String> texts))
                        && key.equals(matrix + "_features")
                    ? Optional.of(metadata(texts)).stream()
                    : Optional.<Metadata>empty().stream())
        .findFirst()
        .orElse(Metadata.empty());
  }

  private static Metadata features(String modality, CellSource cells) {
    return metadata(cells.features(modality).varNames());
  }

  /**
   * {@return metadata that names features}
   *
   * @param names in the order of their places
   */
  public static Metadata metadata(List<String> names) {
    return new MetadataBuilder().putStringArray(FEATURES, names.toArray(String[]::new)).build();
  }

  private static float[] row(FloatMatrix values, int row) {
    float[] own = new float[values.columns()];
    values.get(row, own, 0);
    return own;
  }

  private static Object row(SparseRows one) {
    return RowFactory.create(one.indices(), one.values());
  }
}
