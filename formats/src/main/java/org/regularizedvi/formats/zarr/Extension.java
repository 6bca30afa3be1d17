package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Holds a named part of the format with its settings: a codec, a type, a way to cut arrays into
 * chunks. Version 3 writes its name alone, or name and configuration; version 2 puts the settings
 * beside the name.
 */
record Extension(String name, Fields settings) {
  /**
   * Reads an extension.
   *
   * @param field where it stands, for messages
   */
  static Extension of(JsonNode json, String field, Fields around) {
    Fields own = new Fields(json, around.where());
    if (json.isTextual()) {
      return new Extension(json.textValue(), empty(around));
    }
    if (own.get("id").isTextual()) {
      return new Extension(own.text("id"), own);
    }
    if (!own.get("name").isTextual()) {
      throw around.unexpected(field, "each with a name");
    }
    return new Extension(
        own.text("name"), own.has("configuration") ? own.in("configuration") : empty(around));
  }

  private static Fields empty(Fields around) {
    return new Fields(JsonNodeFactory.instance.objectNode(), around.where());
  }
}
