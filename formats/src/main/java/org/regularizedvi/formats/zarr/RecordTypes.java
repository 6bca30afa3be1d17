package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.formats.hierarchy.ElementType.Kind;

/**
 * Reads what an array's metadata says of records: names and types of their fields, which lie one
 * behind another.
 */
final class RecordTypes {
  private final Fields metadata;
  private final String about;
  private final List<RecordField> fields = new ArrayList<>();
  private long bytes;

  private RecordTypes(Fields metadata, String about) {
    this.metadata = metadata;
    this.about = about;
  }

  /** {@return the records of version 2, as NumPy describes them: names, types, maybe shapes} */
  static ElementFormat.Record version2(Fields metadata) {
    RecordTypes types = new RecordTypes(metadata, "dtype");
    for (JsonNode field : metadata.get("dtype")) {
      TypeNames.Ordered type = TypeNames.version2(types.only(field.path(1)), false);
      types.add(
          field.path(0),
          field.has(2) ? types.several(type.format(), field.get(2)) : type.format(),
          Optional.of(type.order()));
    }
    return types.record();
  }

  /**
   * {@return the records of version 3: names and types, in objects or, before zarr-python 3.2, in
   * lists}
   *
   * @param settings of the type, in the metadata
   */
  static ElementFormat.Record version3(Fields metadata, Fields settings) {
    RecordTypes types = new RecordTypes(metadata, "data_type");
    for (JsonNode field : settings.get("fields")) {
      boolean list = field.isArray();
      types.add(
          list ? field.path(0) : field.path("name"),
          TypeNames.version3(types.only(list ? field.path(1) : field.path("data_type"))),
          Optional.empty());
    }
    return types.record();
  }

  /** {@return metadata that tell of nothing but one type} */
  private Fields only(JsonNode type) {
    return new Fields(JsonNodeFactory.instance.objectNode().set(about, type), metadata.where());
  }

  /** {@return several values in one field, which are known by their size} */
  private ElementFormat several(ElementFormat one, JsonNode shape) {
    long all = one.bytes();
    for (JsonNode length : shape) {
      all = all < 0 ? all : Math.min(all * length.asInt(-1), Integer.MAX_VALUE);
    }
    return new ElementFormat.Unread(Kind.OTHER, (int) all);
  }

  private void add(JsonNode name, ElementFormat format, Optional<ByteOrder> order) {
    boolean taken = fields.stream().anyMatch(field -> field.name().equals(name.textValue()));
    if (!name.isTextual() || taken && !name.textValue().isEmpty() || format.bytes() < 0) {
      throw unexpected();
    }
    fields.add(new RecordField(name.textValue(), (int) bytes, format, order));
    bytes += format.bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw unexpected();
    }
  }

  private ElementFormat.Record record() {
    if (bytes == 0 || fields.stream().allMatch(field -> field.name().isEmpty())) {
      throw unexpected();
    }
    return new ElementFormat.Record(fields, (int) bytes);
  }

  private RuntimeException unexpected() {
    return metadata.unexpected(
        about, "fields of records, each of another name and of a fixed size");
  }
}
