package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.input.InputException;

/**
 * Finds the groups and arrays of a store, each by its own metadata: zarr.json of version 3, or
 * .zarray, .zgroup and .zattrs of version 2.
 */
final class Nodes {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String CONSOLIDATED = "consolidated_metadata";

  private final Store store;
  private final UnaryOperator<String> where;
  private final Map<String, Node> found = new ConcurrentHashMap<>();

  /**
   * Looks into a store.
   *
   * @param where names a key of it for a message
   */
  Nodes(Store store, UnaryOperator<String> where) {
    this.store = store;
    this.where = where;
  }

  /**
   * {@return the group or array of a key, nothing where there is none}
   *
   * @throws InputException when its metadata is damaged
   */
  Optional<Node> at(String key) throws IOException {
    Node known = found.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Node> node = read(key);
    node.ifPresent(one -> found.put(key, one));
    return node;
  }

  /** Looks anew from here on. */
  void forget() {
    found.clear();
  }

  private Optional<Node> read(String key) throws IOException {
    Optional<JsonNode> newer = json(key, "zarr.json");
    if (newer.isPresent()) {
      return Optional.of(version3(new Fields(newer.get(), where.apply(key))));
    }
    Optional<JsonNode> array = json(key, ".zarray");
    Optional<JsonNode> older = array.isPresent() ? array : json(key, ".zgroup");
    if (older.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = new Fields(older.get(), where.apply(key));
    requireVersion(fields, 2);
    JsonNode attributes = json(key, ".zattrs").orElse(JsonNodeFactory.instance.objectNode());
    return Optional.of(new Node(array.isPresent(), 2, fields, attributes));
  }

  private static Node version3(Fields fields) {
    requireVersion(fields, 3);
    boolean array = fields.text("node_type").equals("array");
    if (!array && !fields.text("node_type").equals("group")) {
      throw fields.unexpected("node_type", "\"array\" or \"group\"");
    }
    if (fields.json() instanceof ObjectNode object) {
      object.remove(CONSOLIDATED);
    }
    JsonNode attributes =
        fields.has("attributes")
            ? fields.in("attributes").json()
            : JsonNodeFactory.instance.objectNode();
    return new Node(array, 3, fields, attributes);
  }

  private static void requireVersion(Fields fields, int version) {
    if (!fields.get("zarr_format").isInt() || fields.get("zarr_format").intValue() != version) {
      throw fields.unexpected("zarr_format", String.valueOf(version));
    }
  }

  private Optional<JsonNode> json(String key, String name) throws IOException {
    String at = Keys.within(key, name);
    OptionalLong size = store.size(at);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    byte[] text = store.read(at, 0, Memory.arrayLength(size.getAsLong(), 1, where.apply(at)));
    try {
      JsonNode json = MAPPER.readTree(text);
      if (!json.isObject()) {
        throw new InputException(
            "%s holds no JSON object; expected metadata: the file is damaged."
                .formatted(where.apply(at)));
      }
      return Optional.of(json);
    } catch (JacksonException e) {
      throw new InputException(
          "%s is no JSON (%s); expected metadata: the file is damaged."
              .formatted(where.apply(at), e.getOriginalMessage()),
          e);
    }
  }
}
