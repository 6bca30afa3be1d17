package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.data.CellJoin;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;

/**
 * Where the counts are in the file and what may pass for one.
 *
 * @param layer name of the layer or layers; empty for X
 * @param cells which cells of several modalities; empty where nothing was said
 * @param modalities which of an .h5mu; empty for all, or for those of a model
 */
public record Counts(
    Optional<String> layer, CountChecks checks, Optional<CellJoin> cells, List<String> modalities) {
  public Counts {
    modalities = List.copyOf(modalities);
  }

  /** Whole numbers in X. */
  public static Counts x() {
    return new Counts(Optional.empty(), CountChecks.INTEGERS, Optional.empty(), List.of());
  }

  /** Where an .h5ad has them. */
  public CountSource source() {
    return layer.map(CountSource::layer).orElse(CountSource.x());
  }

  public Counts of(List<String> chosen) {
    return new Counts(layer, checks, cells, chosen);
  }

  /** Where the modalities of an .h5mu have them; those left out have them in X. */
  public Map<String, CountSource> sources(List<String> all) {
    return layer.map(text -> new Layers(text).of(all)).orElse(Map.of());
  }

  /** Which cells of an .h5mu are taken. */
  public CellJoin join() {
    return cells.orElse(CellJoin.UNION);
  }
}
