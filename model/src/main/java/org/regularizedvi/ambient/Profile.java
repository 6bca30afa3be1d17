package org.regularizedvi.ambient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Holds how much of each feature there is in a solution, in counts or shares.
 *
 * @param source what to call it in messages
 * @param features the names of the features, each there once
 * @param amounts one for each feature, at least 0
 */
record Profile(String source, List<String> features, double[] amounts) {
  /**
   * {@return the shares of some features, which add up to 1}
   *
   * @param wanted the names of the features
   * @throws InputException when a feature is missing, or there is nothing of any
   */
  double[] shares(List<String> wanted) {
    Map<String, Integer> places = new HashMap<>();
    for (int g = 0; g < features.size(); g++) {
      places.put(features.get(g), g);
    }
    List<String> missing = wanted.stream().filter(name -> !places.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "The ambient profile %s has no '%s'%s; expected all of the %s that the model is trained on."
              .formatted(
                  source,
                  missing.getFirst(),
                  missing.size() == 1
                      ? ""
                      : " and lacks %s in all".formatted(Amount.of(missing.size(), "feature")),
                  Amount.of(wanted.size(), "feature")));
    }
    double[] shares = wanted.stream().mapToDouble(name -> amounts[places.get(name)]).toArray();
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    if (!(sum > 0)) {
      throw new InputException(
          "The ambient profile %s holds nothing of the features that the model is trained on; expected counts or shares above 0."
              .formatted(source));
    }
    for (int g = 0; g < shares.length; g++) {
      shares[g] /= sum;
    }
    return shares;
  }
}
