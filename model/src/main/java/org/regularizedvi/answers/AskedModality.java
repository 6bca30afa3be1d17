package org.regularizedvi.answers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.core.data.FeaturePlaces;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;

/**
 * Describes one modality that is asked about.
 *
 * @param spec its size and options in the model
 * @param name its name, "" for the only one
 * @param features names of its features, in the order of the model
 * @param places of its features in the file
 */
public record AskedModality(
    ModalitySpec spec, String name, List<String> features, FeaturePlaces places) {
  /** Keeps a copy of the names. */
  public AskedModality {
    features = List.copyOf(features);
  }

  /**
   * {@return the places of the features wanted that are this modality's, in the order wanted}
   *
   * @param wanted empty for all
   */
  int[] chosen(Optional<List<String>> wanted) {
    return wanted
        .map(names -> names.stream().mapToInt(features::indexOf).filter(g -> g >= 0))
        .orElse(IntStream.range(0, features.size()))
        .toArray();
  }

  /**
   * {@return the decoder of the features wanted}
   *
   * @param wanted empty for all
   */
  CellDecoder decoder(Computation computation, Optional<List<String>> wanted) {
    CellDecoder all = computation.decoder(spec.index());
    return wanted.isPresent() ? all.only(chosen(wanted)) : all;
  }
}
