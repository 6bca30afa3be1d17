package org.regularizedvi.formats.zarr;

import java.nio.Buffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.regularizedvi.formats.hierarchy.Attribute;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.NewField;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/**
 * Writes a Zarr store in a folder, or one group of it: a new one of version 2, since every reader
 * knows that, or one that is there in its own version. Numbers and texts are compressed with
 * Zstandard, which every reader of Zarr has too.
 */
final class ZarrOutput implements HierarchyOutput {
  /** Names of files of a store, which nothing in it can have. */
  private static final Set<String> TAKEN =
      Set.of("zarr.json", ".zgroup", ".zarray", ".zattrs", ".zmetadata");

  private final FolderWriter store;
  private final NodeWriter nodes;
  private final ZarrFile reader;
  private final boolean view;

  private ZarrOutput(FolderWriter store, NodeWriter nodes, ZarrFile reader, boolean view) {
    this.store = store;
    this.nodes = nodes;
    this.reader = reader;
    this.view = view;
  }

  /** Makes a store of an empty folder. */
  static ZarrOutput create(Path folder) {
    FolderWriter store = new FolderWriter(folder);
    NodeWriter nodes = NodeWriter.of(2, store);
    nodes.group("");
    nodes.consolidate("", List.of(""));
    return append(folder);
  }

  /** Opens a store to change it. Only for one that nobody misses: it has no way back. */
  static ZarrOutput append(Path folder) {
    FolderWriter store = new FolderWriter(folder);
    ZarrFile reader = ZarrFile.open(folder);
    return new ZarrOutput(store, NodeWriter.of(reader.version(), store), reader, false);
  }

  @Override
  public ZarrOutput within(String group) {
    return new ZarrOutput(store, nodes, reader.within(group), true);
  }

  @Override
  public ZarrFile reader() {
    return reader;
  }

  @Override
  public void group(String group) {
    nodes.group(key(group));
  }

  @Override
  public void delete(String object) {
    store.delete(key(object));
    reader.forget();
  }

  @Override
  public void numbers(
      String array,
      ElementType type,
      long[] shape,
      Stream<? extends Buffer> parts,
      Storage storage) {
    chunks(array, NewArray.of(type, shape, storage)).numbers(parts);
  }

  @Override
  public void texts(String array, long[] shape, String... values) {
    ElementType type = new ElementType(ElementType.Kind.TEXT, Long.BYTES, true);
    chunks(array, NewArray.of(type, shape, Storage.COMPRESSED)).texts(values);
  }

  @Override
  public void records(String array, long[] shape, List<NewField> fields) {
    NewArray plan = NewArray.ofRecords(fields.stream().map(PackedRecords::member).toList(), shape);
    chunks(array, plan).records(PackedRecords.of(fields, plan));
  }

  private ChunkWriter chunks(String array, NewArray plan) {
    String key = key(array);
    nodes.array(key, plan);
    return new ChunkWriter(store, key, plan, nodes.keys());
  }

  /** Writes what AnnData writes for it: any scalar, since an attribute tells that it is nothing. */
  @Override
  public void nothing(String array) {
    flags(array, new long[0], new boolean[1]);
  }

  @Override
  public void attribute(String object, String name, Attribute value) {
    nodes.attribute(reader.key(object), name, JsonValues.of(value));
    reader.forget();
  }

  /** {@return the key of something new} */
  private String key(String path) {
    String key = reader.key(path);
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (TAKEN.contains(name)) {
      throw new InputException(
          "The name '%s' cannot be used in a Zarr store, which has files of that name."
              .formatted(name));
    }
    return key;
  }

  /**
   * Brings up to date what groups say of all that is in them; nothing else is left to do at the
   * end.
   */
  @Override
  public void close() {
    if (!view) {
      refresh("");
      reader.close();
    }
  }

  /** {@return the paths of all that is in a group, from that group on} */
  private List<String> refresh(String group) {
    List<String> paths = new ArrayList<>(List.of(""));
    for (String name : reader.children(group)) {
      String path = Keys.within(group, name);
      if (reader.kind(path) == Hierarchy.Kind.GROUP) {
        refresh(path).forEach(inner -> paths.add(inner.isEmpty() ? name : name + "/" + inner));
      } else {
        paths.add(name);
      }
    }
    if (nodes.consolidated(group)) {
      nodes.consolidate(group, paths);
    }
    return paths;
  }
}
