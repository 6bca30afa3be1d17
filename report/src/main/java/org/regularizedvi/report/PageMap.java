package org.regularizedvi.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the map in the form that the page reads: numbers in 16 bits, features in 8. */
final class PageMap {
  private PageMap() {}

  static void put(MapView map, ObjectNode node) {
    node.put("about", map.about());
    node.put("cells", map.x().length);
    node.put("xName", map.xName()).put("yName", map.yName());
    put(map.x(), node.putObject("x"));
    put(map.y(), node.putObject("y"));
    ArrayNode colours = node.putArray("colours");
    for (MapView.Colour colour : map.colours()) {
      ObjectNode one = colours.addObject().put("name", colour.name());
      switch (colour) {
        case MapView.Groups groups -> {
          one.put("kind", "groups").put("values", Packed.codes(groups.codes()));
          ArrayNode categories = one.putArray("categories");
          groups.categories().forEach(categories::add);
        }
        case MapView.Numbers numbers -> {
          one.put("kind", "numbers");
          put(numbers.values(), one);
        }
        case MapView.Feature feature -> {
          float most = 0;
          for (float value : feature.values()) {
            most = Math.max(most, value);
          }
          one.put("kind", "feature").put("from", 0).put("to", most);
          one.put("values", Packed.bytes(feature.values(), most));
        }
      }
    }
  }

  private static void put(float[] values, ObjectNode node) {
    float from = Float.POSITIVE_INFINITY;
    float to = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        from = Math.min(from, value);
        to = Math.max(to, value);
      }
    }
    if (from > to) {
      from = to = 0;
    }
    node.put("from", from).put("to", to).put("values", Packed.levels(values, from, to));
  }
}
