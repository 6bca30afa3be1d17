package org.regularizedvi.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.core.config.ScoreKeys;
import org.regularizedvi.input.InputException;
import org.regularizedvi.maps.Agreement;
import org.regularizedvi.maps.Lisi;
import org.regularizedvi.maps.Neighbours;
import org.regularizedvi.maps.ProfileCorrelation;
import org.regularizedvi.maps.Profiles;
import org.regularizedvi.maps.Silhouette;

/**
 * Holds scores of how well batches mix and labels stay apart in a representation, 0 to 1, higher is
 * better, as scib-metrics and scikit-learn compute them; {@code ari} may be a little below 0.
 *
 * @param keys the columns of obs that cells are scored by
 * @param values by name: {@code ilisi} for a batch column; {@code clisi}, {@code silhouette_label}
 *     and after clustering {@code ari}, {@code nmi} for a label column; {@code silhouette_batch}
 *     for both; {@code marker_correlation}, {@code marker_correlation_other_batch} and {@code
 *     marker_agreement} for markers
 * @param byChance the values that {@code ilisi}, {@code clisi} and correlations would have if cells
 *     lay at random
 * @param markers what marker genes say of each cell, where they were named
 * @param tables summaries of that by the values of each column
 * @param drawn the number of cells that were scored, where these were drawn from more
 */
public record IntegrationScores(
    ScoreKeys keys,
    SequencedMap<String, Double> values,
    SequencedMap<String, Double> byChance,
    Optional<MarkerNeighbourhoods> markers,
    SequencedMap<String, Tree> tables,
    OptionalInt drawn) {
  /**
   * The number of neighbours that LISI looks at, the cell itself among them; fewer where there are
   * fewer cells.
   */
  static final int NEIGHBOURS = 90;

  /** Keeps copies, which nobody can change. */
  public IntegrationScores {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    byChance = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byChance));
    tables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tables));
  }

  /**
   * Says before any work whether cells can be scored by columns of their table.
   *
   * @param source the cells, with their columns of obs
   * @param keys what cells are to be scored by
   * @throws InputException when a column is missing, lacks a value, or has only one, or markers are
   *     no features
   */
  public static void require(CellSource source, ScoreKeys keys) {
    CellTable table = source.cells();
    keys.batch().ifPresent(key -> mapping(table, key));
    keys.label().ifPresent(key -> mapping(table, key));
    keys.markers().ifPresent(markers -> MarkerProfiles.columns(source, markers));
  }

  /**
   * Scores mapped cells by columns of their table.
   *
   * @param map neighbourhoods, and clusters where labels are to be compared with them
   * @param source the same cells, those left out of the map among them; their counts are read where
   *     there are markers
   * @param keys what cells are scored by
   * @return the scores that these columns allow
   * @throws InputException when a column is missing, lacks a value, or has only one, or markers are
   *     no features
   */
  public static IntegrationScores of(CellMap map, CellSource source, ScoreKeys keys) {
    CellTable table = source.cells();
    Optional<int[]> batches = keys.batch().map(key -> codes(map, table, key));
    Optional<int[]> labels = keys.label().map(key -> codes(map, table, key));
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    int count = Math.min(NEIGHBOURS, map.cells().length);
    Neighbours near = Neighbours.of(map.points(), count, CellMap.threads());
    batches.ifPresent(of -> values.put("ilisi", Lisi.mixing(near, of)));
    labels.ifPresent(of -> ofLabels(map, near, of, values));
    if (batches.isPresent() && labels.isPresent()) {
      double mixing =
          Silhouette.mixing(map.points(), labels.get(), batches.get(), CellMap.threads());
      if (!Double.isNaN(mixing)) {
        values.put("silhouette_batch", mixing);
      }
    }
    SequencedMap<String, Double> byChance = new LinkedHashMap<>();
    batches.ifPresent(of -> byChance.put("ilisi", Lisi.mixingByChance(count, of)));
    labels.ifPresent(of -> byChance.put("clisi", Lisi.separationByChance(count, of)));
    SequencedMap<String, Tree> tables = new LinkedHashMap<>();
    Optional<MarkerNeighbourhoods> markers = keys.markers().map(_ -> markers(map, source, keys));
    markers.ifPresent(
        found -> {
          values.put("marker_correlation", MarkerNeighbourhoods.median(found.withAll()));
          values.put(
              "marker_correlation_other_batch", MarkerNeighbourhoods.median(found.withOther()));
          values.put("marker_agreement", found.share(MarkerNeighbourhoods.State.AGREES));
          byChance.put("marker_correlation", MarkerNeighbourhoods.median(found.withRandom()));
          byChance.put(
              "marker_correlation_other_batch",
              MarkerNeighbourhoods.median(found.withRandomOther()));
          keys.label()
              .ifPresent(
                  key ->
                      tables.put(
                          "label",
                          found.summary(mapping(table, key).categories(), labels.orElseThrow())));
          keys.batch()
              .ifPresent(
                  key ->
                      tables.put(
                          "batch",
                          found.summary(mapping(table, key).categories(), batches.orElseThrow())));
        });
    int cells = map.cells().length;
    return new IntegrationScores(
        keys,
        values,
        byChance,
        markers,
        tables,
        map.known() == cells ? OptionalInt.empty() : OptionalInt.of(cells));
  }

  /** {@return what marker genes say of mapped cells; only of keys that name markers and a batch} */
  static MarkerNeighbourhoods markers(CellMap map, CellSource source, ScoreKeys keys) {
    int[] columns = MarkerProfiles.columns(source, keys.markers().orElseThrow());
    Profiles profiles = MarkerProfiles.of(source, columns, map.cells());
    int[] batches = codes(map, source.cells(), keys.batch().orElseThrow());
    return MarkerNeighbourhoods.of(
        map,
        new ProfileCorrelation(
            profiles, map.connectivities(), batches, map.config().seed(), CellMap.threads()));
  }

  private static void ofLabels(
      CellMap map, Neighbours near, int[] labels, SequencedMap<String, Double> values) {
    values.put("clisi", Lisi.separation(near, labels));
    values.put("silhouette_label", Silhouette.separation(map.points(), labels, CellMap.threads()));
    map.clusters()
        .map(clusters -> new Agreement(labels, clusters))
        .ifPresent(
            agreement -> {
              values.put("ari", agreement.adjustedRand());
              values.put("nmi", agreement.normalisedInformation());
            });
  }

  private static int[] codes(CellMap map, CellTable table, String key) {
    int[] codes = mapping(table, key).encode(table.obs(key), table.source(), table.obsNames());
    return Arrays.stream(map.cells()).map(cell -> codes[cell]).toArray();
  }

  private static CategoryMapping mapping(CellTable table, String key) {
    Column column = table.obs(key);
    CategoryMapping mapping = CategoryMapping.fit(key, column, table.source(), table.obsNames());
    if (mapping.size() < 2) {
      throw new InputException(
          "%s: obs['%s'] holds only '%s'; expected two values or more to score."
              .formatted(table.source(), key, String.join("", mapping.categories())));
    }
    return mapping;
  }

  /**
   * {@return the columns that a score is of, in words}
   *
   * @param score its name, one of {@link #values}
   */
  public String columns(String score) {
    return switch (score) {
      case "ilisi", "marker_correlation_other_batch", "marker_agreement" ->
          keys.batch().orElseThrow();
      case "marker_correlation" -> keys.markers().orElseThrow();
      case "silhouette_batch" ->
          keys.batch().orElseThrow() + " within " + keys.label().orElseThrow();
      default -> keys.label().orElseThrow();
    };
  }

  /**
   * {@return the value that a score would have if cells lay at random; empty where that is not
   * known}
   *
   * @param score its name
   */
  public OptionalDouble byChance(String score) {
    Double value = byChance.get(score);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * {@return the additions to a file: {@code uns['regularizedvi_scores']}, and of markers columns
   * of obs and {@code uns['regularizedvi_marker_neighbourhoods']}}
   *
   * @param representation its name in obsm
   */
  public List<Addition> additions(String representation) {
    SequencedMap<String, Tree> entries = new LinkedHashMap<>();
    entries.put("use_rep", new Tree.Text(representation));
    drawn.ifPresent(cells -> entries.put("n_obs", new Tree.Whole(cells)));
    keys.batch().ifPresent(key -> entries.put("batch_key", new Tree.Text(key)));
    keys.label().ifPresent(key -> entries.put("label_key", new Tree.Text(key)));
    values.forEach((name, value) -> entries.put(name, new Tree.Real(value)));
    keys.markers().ifPresent(named -> entries.put("markers", new Tree.Text(named)));
    List<Addition> all = new ArrayList<>();
    all.add(new Addition.Uns("regularizedvi_scores", new Tree.Dict(entries)));
    markers.ifPresent(
        found -> {
          all.addAll(found.additions());
          all.add(new Addition.Uns("regularizedvi_marker_neighbourhoods", new Tree.Dict(tables)));
        });
    return all;
  }
}
