package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * Cuts a minibatch into segments: neighbouring rows, none of two tiles of rows, whose cells have
 * the same categories of everything that genes' parameters are indexed by; and says for every
 * category which segments have it.
 */
final class GeneSegments {
  private final CategoryCounts categories;
  private final boolean dispersionByGroup;
  private Slot firstRow;
  private Slot ofRowTile;
  private Slot background;
  private Slot scaling;
  private Slot dispersion;
  private Lists ofBackground;
  private Lists ofScaling;
  private Lists ofDispersion;

  /** For every category the segments that have it, one list after another. */
  private record Lists(Slot start, Slot segment, int categories) {
    static Lists of(DeviceArena arena, int categories, long entries) {
      return new Lists(
          Slot.ofWords(arena, categories + 1L), Slot.ofWords(arena, entries), categories);
    }

    void send(int[][] categoriesOf) {
      int[] starts = new int[categories + 1];
      for (int[] own : categoriesOf) {
        for (int category : own) {
          starts[category + 1]++;
        }
      }
      for (int c = 0; c < categories; c++) {
        starts[c + 1] += starts[c];
      }
      int[] next = starts.clone();
      int[] segments = new int[starts[categories]];
      for (int s = 0; s < categoriesOf.length; s++) {
        for (int category : categoriesOf[s]) {
          segments[next[category]++] = s;
        }
      }
      start.send(starts, starts.length);
      segment.send(segments, segments.length);
    }

    Struct struct(Launches launches) {
      return launches.struct(start.device(), segment.device());
    }
  }

  /** The segments of a minibatch: where each begins, and its categories. */
  record Cut(int[] firstRow, int[] ofRowTile, int[][] ambient, int[][] scaling, int[] dispersion) {
    int count() {
      return dispersion.length;
    }
  }

  GeneSegments(CategoryCounts categories, boolean dispersionByGroup) {
    this.categories = categories;
    this.dispersionByGroup = dispersionByGroup;
  }

  /** {@return the segments of cells} */
  Cut cut(Covariates covariates) {
    List<Integer> first = new ArrayList<>();
    int rows = covariates.size();
    int[] ofRowTile = new int[Math.ceilDiv(rows, WideWeight.TILE) + 1];
    for (int n = 0; n < rows; n++) {
      boolean newTile = n % WideWeight.TILE == 0;
      if (newTile) {
        ofRowTile[n / WideWeight.TILE] = first.size();
      }
      if (newTile || !covariates.sameGroup(n - 1, n)) {
        first.add(n);
      }
    }
    int count = first.size();
    ofRowTile[ofRowTile.length - 1] = count;
    int[][] ambient = new int[count][];
    int[][] scalings = new int[count][];
    int[] groups = new int[count];
    for (int s = 0; s < count; s++) {
      int cell = first.get(s);
      ambient[s] = places(covariates.codes(Purpose.AMBIENT), categories.ambient(), cell);
      int[] own = places(covariates.codes(Purpose.FEATURE_SCALING), categories.scaling(), cell);
      scalings[s] = own.length == 0 ? new int[1] : own;
      groups[s] = dispersionByGroup ? covariates.codes(Purpose.DISPERSION)[0][cell] : 0;
    }
    first.add(rows);
    return new Cut(
        first.stream().mapToInt(row -> row).toArray(), ofRowTile, ambient, scalings, groups);
  }

  private static int[] places(int[][] codes, int[] sizes, int cell) {
    int[] places = new int[codes.length];
    int offset = 0;
    for (int k = 0; k < codes.length; k++) {
      places[k] = offset + codes[k][cell];
      offset += sizes[k];
    }
    return places;
  }

  private int scalingKeys() {
    return Math.max(1, categories.scaling().length);
  }

  private int backgroundKeys() {
    return categories.ambient().length;
  }

  /** Makes room for so many segments of so many rows. */
  void reserve(DeviceArena arena, int rows, int segments) {
    firstRow = Slot.ofWords(arena, segments + 1L);
    ofRowTile = Slot.ofWords(arena, Math.ceilDiv(rows, WideWeight.TILE) + 1L);
    background = Slot.ofWords(arena, (long) segments * backgroundKeys());
    scaling = Slot.ofWords(arena, (long) segments * scalingKeys());
    dispersion = Slot.ofWords(arena, segments);
    ofBackground = Lists.of(arena, categories.ambientColumns(), (long) segments * backgroundKeys());
    ofScaling = Lists.of(arena, categories.scalingRows(), (long) segments * scalingKeys());
    ofDispersion = Lists.of(arena, dispersionByGroup ? categories.dispersion() : 1, segments);
  }

  /** Sends the segments of a minibatch. */
  void send(Cut cut) {
    firstRow.send(cut.firstRow, cut.firstRow.length);
    ofRowTile.send(cut.ofRowTile, cut.ofRowTile.length);
    background.send(flat(cut.ambient), cut.count() * backgroundKeys());
    scaling.send(flat(cut.scaling), cut.count() * scalingKeys());
    dispersion.send(cut.dispersion, cut.count());
    ofBackground.send(cut.ambient);
    ofScaling.send(cut.scaling);
    int[][] groups = new int[cut.count()][];
    for (int s = 0; s < groups.length; s++) {
      groups[s] = new int[] {cut.dispersion[s]};
    }
    ofDispersion.send(groups);
  }

  private static int[] flat(int[][] arrays) {
    return Arrays.stream(arrays).flatMapToInt(Arrays::stream).toArray();
  }

  /** {@return the segments as kernels take them} */
  Struct struct(Launches launches) {
    return launches.struct(
        firstRow.device(),
        ofRowTile.device(),
        background.device(),
        scaling.device(),
        dispersion.device(),
        backgroundKeys(),
        scalingKeys());
  }

  /** {@return where the card finds the number of segments of so many rows} */
  DeviceMemory count(int rows) {
    return ofRowTile
        .device()
        .slice((long) Math.ceilDiv(rows, WideWeight.TILE) * Integer.BYTES, Integer.BYTES);
  }

  /** {@return the segments of each ambient category} */
  Struct ofBackground(Launches launches) {
    return ofBackground.struct(launches);
  }

  /** {@return the segments of each scaling category} */
  Struct ofScaling(Launches launches) {
    return ofScaling.struct(launches);
  }

  /** {@return the segments of each dispersion group} */
  Struct ofDispersion(Launches launches) {
    return ofDispersion.struct(launches);
  }
}
