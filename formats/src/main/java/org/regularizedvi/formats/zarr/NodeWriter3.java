package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import org.regularizedvi.formats.hierarchy.ElementType;

/**
 * Writes version 3: a zarr.json for each group and array; that of a group may repeat those in it.
 */
record NodeWriter3(FolderWriter store) implements NodeWriter {
  private static final String METADATA = "zarr.json";
  private static final String ATTRIBUTES = "attributes";
  private static final String CONSOLIDATED = "consolidated_metadata";

  private static ObjectNode node(String type) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("zarr_format", 3).put("node_type", type).putObject(ATTRIBUTES);
    return json;
  }

  @Override
  public void group(String key) {
    store.put(Keys.within(key, METADATA), node("group"));
  }

  @Override
  public void array(String key, NewArray array) {
    ElementType.Kind kind = array.type().kind();
    if (kind == ElementType.Kind.COMPOUND) {
      throw new IllegalArgumentException("Records are written to new stores, which have version 2");
    }
    ObjectNode json = node("array");
    json.put("data_type", array.type().describe());
    NodeWriter2.lengths(json.putArray("shape"), array.shape());
    named(json.putObject("chunk_grid"), "regular", "chunk_shape", array.chunk());
    ObjectNode keys = json.putObject("chunk_key_encoding").put("name", "default");
    keys.putObject("configuration").put("separator", "/");
    switch (kind) {
      case TEXT -> json.put("fill_value", "");
      case BOOLEAN -> json.put("fill_value", false);
      case FLOAT -> json.put("fill_value", 0.0);
      case INTEGER, COMPOUND, OTHER -> json.put("fill_value", 0);
    }
    ArrayNode codecs = json.putArray("codecs");
    if (kind == ElementType.Kind.TEXT) {
      codecs.addObject().put("name", "vlen-utf8");
    } else {
      boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
      codecs
          .addObject()
          .put("name", "bytes")
          .putObject("configuration")
          .put("endian", little ? "little" : "big");
    }
    if (array.compressed()) {
      codecs
          .addObject()
          .put("name", "zstd")
          .putObject("configuration")
          .put("level", 3)
          .put("checksum", false);
    }
    json.putArray("storage_transformers");
    store.put(Keys.within(key, METADATA), json);
  }

  private static void named(ObjectNode json, String name, String setting, long[] lengths) {
    json.put("name", name);
    NodeWriter2.lengths(json.putObject("configuration").putArray(setting), lengths);
  }

  @Override
  public ChunkKeys keys() {
    return ChunkKeys.version3("/");
  }

  @Override
  public void attribute(String key, String name, JsonNode value) {
    String at = Keys.within(key, METADATA);
    ObjectNode json = store.json(at).orElseThrow();
    ObjectNode attributes =
        json.get(ATTRIBUTES) instanceof ObjectNode found ? found : json.putObject(ATTRIBUTES);
    attributes.set(name, value);
    store.put(at, json);
  }

  @Override
  public boolean consolidated(String group) {
    return store
        .json(Keys.within(group, METADATA))
        .filter(json -> json.path(CONSOLIDATED).isObject())
        .isPresent();
  }

  @Override
  public void consolidate(String group, Iterable<String> objects) {
    String at = Keys.within(group, METADATA);
    ObjectNode json = store.json(at).orElseThrow();
    ObjectNode consolidated = json.putObject(CONSOLIDATED);
    consolidated.put("kind", "inline").put("must_understand", false);
    ObjectNode all = consolidated.putObject("metadata");
    for (String object : objects) {
      if (!object.isEmpty()) {
        ObjectNode found =
            store.json(Keys.within(Keys.within(group, object), METADATA)).orElseThrow();
        found.remove(CONSOLIDATED);
        all.set(object, found);
      }
    }
    store.put(at, json);
  }
}
