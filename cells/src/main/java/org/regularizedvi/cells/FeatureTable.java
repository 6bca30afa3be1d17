package org.regularizedvi.cells;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.input.InputException;

/**
 * Gives the table of features (var) of one modality of an input: named rows, one for each column of
 * counts.
 */
public interface FeatureTable {
  /**
   * {@return the name of this table in messages, usually the names of the file and the modality}
   */
  String source();

  /** {@return the names of the features, in the order of the columns} */
  List<String> varNames();

  /** {@return the names of the table's columns, in order} */
  List<String> varColumns();

  /**
   * {@return a column, an entry for each feature}
   *
   * @param key the name of the column
   * @throws InputException when there is none of that name, with the nearest names
   */
  Column var(String key);

  /**
   * {@return the names of features that are not in the table, and of which every cell is taken to
   * have a count of zero}
   */
  default List<String> takenAsZero() {
    return List.of();
  }

  /**
   * Checks that each feature has a name of its own.
   *
   * @throws InputException naming the first that has not
   */
  void requireUniqueVarNames();

  /**
   * Checks that names of features differ, for who implements this.
   *
   * @param varNames the names of the features, in the order of the columns
   * @param where names the file for the message
   * @throws InputException naming the first feature that has the name of another
   */
  static void requireUnique(List<String> varNames, String where) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < varNames.size(); i++) {
      Integer before = seen.putIfAbsent(varNames.get(i), i);
      if (before != null) {
        throw new InputException(
            "The gene name '%s' in %s is used twice, for genes %d and %d (counted from 0); --make-var-names-unique gives the later ones -1, -2 and so on."
                .formatted(varNames.get(i), where, before, i));
      }
    }
  }
}
