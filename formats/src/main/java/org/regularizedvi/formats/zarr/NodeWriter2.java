package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.List;
import org.regularizedvi.formats.hierarchy.ElementType;

/** Writes version 2: .zgroup, .zarray and .zattrs, repeated in .zmetadata. */
record NodeWriter2(FolderWriter store) implements NodeWriter {
  private static final String GROUP = ".zgroup";
  private static final String ARRAY = ".zarray";
  private static final String ATTRIBUTES = ".zattrs";
  private static final String CONSOLIDATED = ".zmetadata";
  private static final int LEVEL = 3;

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void group(String key) {
    store.put(Keys.within(key, GROUP), object().put("zarr_format", 2));
  }

  @Override
  public void array(String key, NewArray array) {
    boolean texts = array.type().kind() == ElementType.Kind.TEXT;
    ObjectNode json = object().put("zarr_format", 2).put("order", "C");
    if (array.members().isEmpty()) {
      json.put("dtype", dtype(array.type()));
    } else {
      members(json.putArray("dtype"), array.members());
    }
    lengths(json.putArray("shape"), array.shape());
    lengths(json.putArray("chunks"), array.chunk());
    switch (array.type().kind()) {
      case TEXT -> json.put("fill_value", "");
      case BOOLEAN -> json.put("fill_value", false);
      case FLOAT -> json.put("fill_value", 0.0);
      case COMPOUND -> json.put("fill_value", new byte[array.type().bytes()]);
      case INTEGER, OTHER -> json.put("fill_value", 0);
    }
    if (texts) {
      json.putArray("filters").addObject().put("id", "vlen-utf8");
    } else {
      json.putNull("filters");
    }
    if (array.compressed()) {
      json.putObject("compressor").put("id", "zstd").put("level", LEVEL);
    } else {
      json.putNull("compressor");
    }
    store.put(Keys.within(key, ARRAY), json);
  }

  static void lengths(ArrayNode json, long[] lengths) {
    for (long length : lengths) {
      json.add(length);
    }
  }

  private static void members(ArrayNode json, List<NewArray.Member> members) {
    for (NewArray.Member member : members) {
      ElementType type = member.type();
      boolean text = type.kind() == ElementType.Kind.TEXT;
      String dtype = text ? order(type) + "U" + type.bytes() / Integer.BYTES : dtype(type);
      json.addArray().add(member.name()).add(dtype);
    }
  }

  private static String order(ElementType type) {
    return type.bytes() == 1 ? "|" : ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
  }

  private static String dtype(ElementType type) {
    return switch (type.kind()) {
      case TEXT -> "|O";
      case BOOLEAN -> "|b1";
      case INTEGER -> order(type) + (type.signed() ? "i" : "u") + type.bytes();
      case FLOAT -> order(type) + "f" + type.bytes();
      case COMPOUND, OTHER -> throw new IllegalArgumentException(type.describe());
    };
  }

  @Override
  public ChunkKeys keys() {
    return ChunkKeys.version2(".");
  }

  @Override
  public void attribute(String key, String name, JsonNode value) {
    String at = Keys.within(key, ATTRIBUTES);
    ObjectNode attributes = store.json(at).orElseGet(NodeWriter2::object);
    attributes.set(name, value);
    store.put(at, attributes);
  }

  @Override
  public boolean consolidated(String group) {
    return store.json(Keys.within(group, CONSOLIDATED)).isPresent();
  }

  @Override
  public void consolidate(String group, Iterable<String> objects) {
    ObjectNode json = object().put("zarr_consolidated_format", 1);
    ObjectNode all = json.putObject("metadata");
    for (String object : objects) {
      for (String name : new String[] {GROUP, ARRAY, ATTRIBUTES}) {
        String key = Keys.within(object, name);
        store.json(Keys.within(group, key)).ifPresent(found -> all.set(key, found));
      }
    }
    store.put(Keys.within(group, CONSOLIDATED), json);
  }
}
