package org.regularizedvi.spark.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.FeatureNames;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.core.config.MissingFeatures;
import org.regularizedvi.core.data.QueryFeatures;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;
import org.regularizedvi.input.Problems;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.question.AnswerColumns;

/**
 * Says where a table of cells has what a model needs of each: a row is a cell, with its name, its
 * place in the data set, the columns of the model's keys, and for each modality a list of places of
 * features beside one of as many counts. The metadata of the list of places names the features.
 *
 * @param source names the table for messages
 * @param name the column of the cell's name
 * @param place the column of its place
 * @param keys the columns of the model's keys, by their names
 * @param modalities the counts by modality, in the model's order
 * @param checks what may pass for a count
 */
public record TableLayout(
    String source,
    int name,
    int place,
    LinkedHashMap<String, Integer> keys,
    List<OfModality> modalities,
    CountChecks checks)
    implements Serializable {
  /**
   * Says where the counts of a modality are.
   *
   * @param name the name of the modality, "" of a single one
   * @param indices the column of the places of features
   * @param counts the column of the counts
   * @param features the names of the features, by their places
   */
  public record OfModality(String name, int indices, int counts, List<String> features)
      implements Serializable {}

  /**
   * {@return where a table has what a model needs}
   *
   * @param source names the table for messages
   * @param schema the table's columns
   * @param model the model
   * @param checks what may pass for a count
   * @throws InputException with every column that is missing or holds something else
   */
  public static TableLayout of(
      String source, StructType schema, RegularizedModel model, CountChecks checks) {
    Reader reader = new Reader(source, schema);
    Problems problems = new Problems();
    LinkedHashMap<String, Integer> keys = new LinkedHashMap<>();
    int name =
        reader.in(
            problems,
            CellColumns.NAME,
            "text, the name of each cell",
            StringType.class::isInstance);
    int place =
        reader.in(
            problems,
            CellColumns.PLACE,
            "whole numbers, the place of each cell in the data set, from 0",
            type -> type instanceof IntegerType || type instanceof LongType);
    for (String key : model.schema().columns()) {
      keys.put(
          key,
          reader.in(
              problems,
              key,
              "text or numbers, as the model was trained with this key",
              type ->
                  type instanceof StringType
                      || type instanceof BooleanType
                      || type instanceof NumericType));
    }
    List<OfModality> modalities = new ArrayList<>();
    for (String modality : model.modalities()) {
      problems.in(() -> modalities.add(reader.counts(modality)));
    }
    problems.requireNone();
    return new TableLayout(source, name, place, keys, modalities, checks);
  }

  /** Finds columns. */
  private record Reader(String source, StructType schema) {
    int in(Problems problems, String name, String what, Predicate<DataType> fits) {
      return problems.in(() -> place(name, what, fits)).orElse(-1);
    }

    private int place(String name, String what, Predicate<DataType> fits) {
      int place = find(name, what);
      DataType type = schema.fields()[place].dataType();
      if (!fits.test(type)) {
        throw new InputException(
            "The column '%s' of %s holds %s; expected %s."
                .formatted(name, source, type.simpleString(), what));
      }
      return place;
    }

    private int find(String name, String what) {
      List<String> names = List.of(schema.fieldNames());
      if (!names.contains(name)) {
        throw new InputException(
            "%s has no column '%s'; expected %s; %s."
                .formatted(source, name, what, Nearest.words(name, names)));
      }
      return names.indexOf(name);
    }

    OfModality counts(String modality) {
      String indices = CellColumns.indices(modality);
      int where =
          place(indices, "lists of whole numbers, the places of features", CellColumns::isNumbers);
      int counts =
          place(
              CellColumns.counts(modality),
              "lists of counts, one for each place",
              CellColumns::isNumbers);
      StructField field = schema.fields()[where];
      if (!field.metadata().contains(AnswerColumns.FEATURES)) {
        throw new InputException(
            "The column '%s' of %s does not name the features that its places stand for; expected them in its metadata as '%s': df.withMetadata(\"%s\", {\"%s\": names})."
                .formatted(
                    indices, source, AnswerColumns.FEATURES, indices, AnswerColumns.FEATURES));
      }
      return new OfModality(
          modality,
          where,
          counts,
          List.of(field.metadata().getStringArray(AnswerColumns.FEATURES)));
    }
  }

  /**
   * {@return the features as a model knows them, by modality}
   *
   * @param model the model
   * @param missing what becomes of features of the model that the table lacks
   * @param say is told, in a sentence each, what is taken as zero or ignored
   */
  public SequencedMap<String, FeatureTable> features(
      RegularizedModel model, MissingFeatures missing, Consumer<String> say) {
    // The table has names alone, so the column that named features in training is not asked for.
    FeatureNames names = model.input().names().byIndex();
    SequencedMap<String, FeatureTable> tables = new LinkedHashMap<>();
    for (OfModality own : modalities) {
      String where = own.name().isEmpty() ? source : source + ", modality " + own.name();
      QueryFeatures query = new QueryFeatures(own.name(), model.features(own.name()));
      tables.put(
          own.name(),
          query.filled(query.named(new NamedColumns(where, own.features()), names), missing, say));
    }
    return tables;
  }

  /** {@return the columns of the counts, which a table of answers leaves out} */
  public List<Integer> countColumns() {
    return modalities.stream()
        .flatMap(own -> List.of(own.indices(), own.counts()).stream())
        .toList();
  }
}
