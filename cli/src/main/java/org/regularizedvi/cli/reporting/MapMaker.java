package org.regularizedvi.cli.reporting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.analysis.CellMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.report.MapView;

/** Makes the map of a report: where the cells lie, and what they can be coloured by. */
record MapMaker(RegularizedModel model, CellSource source, Chosen chosen) {
  private static final int FEATURES = 40;

  private record Place(String about, float[] x, float[] y) {}

  /**
   * Makes the map.
   *
   * @param found where the cells lie, unless the file says
   * @param more colours besides the columns of the file
   */
  MapView make(Optional<CellMap> found, List<FeatureSums> sums, List<MapView.Colour> more) {
    Place place = found.flatMap(MapMaker::laidOut).orElseGet(this::stored);
    List<MapView.Colour> colours = new ArrayList<>(CellColours.of(model, source, chosen));
    colours.addAll(more);
    colours.addAll(features(sums));
    MapView all = new MapView(place.about(), "UMAP1", "UMAP2", place.x(), place.y(), colours);
    return found
        .filter(map -> map.plane().isPresent() && map.sampling().isPresent())
        .map(map -> all.some(map.cells(), place.about() + drawn(map)))
        .orElse(all);
  }

  private static String drawn(CellMap map) {
    return String.format(
        Locale.ROOT,
        " It shows %,d of %,d cells, drawn at random.",
        map.cells().length,
        map.known());
  }

  private Place stored() {
    FloatMatrix umap = source.obsm(LatentMap.UMAP);
    return new Place(
        "Each point is a cell, at its place in the file's own UMAP, obsm['X_umap'].",
        column(umap, 0),
        column(umap, 1));
  }

  private static Optional<Place> laidOut(CellMap map) {
    return map.plane().map(plane -> placed(map, plane.coordinates()));
  }

  private static Place placed(CellMap map, float[] plane) {
    float[] x = new float[map.all()];
    float[] y = new float[map.all()];
    Arrays.fill(x, Float.NaN);
    Arrays.fill(y, Float.NaN);
    for (int i = 0; i < map.cells().length; i++) {
      x[map.cells()[i]] = plane[2 * i];
      y[map.cells()[i]] = plane[2 * i + 1];
    }
    return new Place(
        "Each point is a cell. The map is a UMAP of the latent representation: cells that the model"
            + " finds alike lie close together, while distances between groups say little.",
        x,
        y);
  }

  private static float[] column(FloatMatrix matrix, int c) {
    float[] values = new float[matrix.rows()];
    IntStream.range(0, values.length).forEach(i -> values[i] = matrix.at(i, c));
    return values;
  }

  private List<MapView.Colour> features(List<FeatureSums> sums) {
    List<String> modalities = model.modalities();
    Optional<List<String>> wanted = chosen.features();
    wanted.ifPresent(this::requireKnown);
    List<MapView.Colour> all = new ArrayList<>();
    for (int m = 0; m < modalities.size(); m++) {
      String modality = modalities.get(m);
      List<String> names = source.features(modality).varNames();
      int[] columns =
          wanted
              .map(w -> w.stream().mapToInt(names::indexOf).filter(c -> c >= 0).toArray())
              .orElse(sums.get(m).mostVariable(FEATURES / modalities.size()));
      List<String> shown =
          Arrays.stream(columns)
              .mapToObj(c -> modality.isEmpty() ? names.get(c) : modality + ": " + names.get(c))
              .toList();
      all.addAll(sums.get(m).features(source, modality, columns, shown));
    }
    return all;
  }

  private void requireKnown(List<String> names) {
    for (String name : names) {
      if (modalities().noneMatch(m -> source.features(m).varNames().contains(name))) {
        throw new InputException(
            "%s has no feature '%s'; expected names of its var table in --genes."
                .formatted(source.cells().source(), name));
      }
    }
  }

  private Stream<String> modalities() {
    return model.modalities().stream();
  }
}
