package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.formats.hierarchy.Attribute;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;

/**
 * Reads a Zarr store, or one group of it: a folder or a zip file, of version 2 or 3 of the format.
 */
public final class ZarrFile implements Hierarchy {
  /**
   * The files that a store has at its top: of version 3, of a group and of an array of version 2.
   */
  private static final List<String> ROOTS = List.of("zarr.json", ".zgroup", ".zarray");

  private final Path path;
  private final Store store;
  private final Nodes nodes;

  /** The key of the group that paths are counted from. */
  private final String inside;

  /** The store of which this is a view. */
  private final Optional<ZarrFile> whole;

  private volatile boolean open = true;

  private ZarrFile(Path path, Store store) {
    this.path = path;
    this.store = store;
    this.nodes = new Nodes(store, key -> "'%s' in %s".formatted(key, path));
    this.inside = "";
    this.whole = Optional.empty();
  }

  private ZarrFile(ZarrFile whole, String inside) {
    this.path = whole.path;
    this.store = whole.store;
    this.nodes = whole.nodes;
    this.inside = inside;
    this.whole = Optional.of(whole);
  }

  /**
   * Opens a store.
   *
   * @param path a folder or a zip file
   * @return the store, to be closed
   * @throws InputException when there is none, or it is no Zarr store
   */
  public static ZarrFile open(Path path) {
    if (!Files.exists(path)) {
      throw new InputException("There is no file or folder %s.".formatted(path));
    }
    try {
      Store store = store(path);
      ZarrFile file = new ZarrFile(path, store);
      try {
        file.requireRoot();
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
      return file;
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read as a Zarr store, a folder or zip file: %s.".formatted(path, e), e);
    }
  }

  /** Opens the values of a store, a folder or a zip file. */
  static Store store(Path path) throws IOException {
    return Files.isDirectory(path) ? FolderStore.open(path) : ZipStore.open(path);
  }

  /**
   * {@return whether there is a store, or what cannot be read as one but has its first file}
   *
   * @param path a folder or a zip file, which need not exist
   */
  public static boolean isAt(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return ZipStore.isAt(path) && hasRoot(path);
      }
      return ROOTS.stream().anyMatch(name -> Files.isRegularFile(path.resolve(name)));
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean hasRoot(Path zip) throws IOException {
    try (ZipStore store = ZipStore.open(zip)) {
      return ROOTS.stream().anyMatch(name -> store.size(name).isPresent());
    }
  }

  private void requireRoot() {
    if (!exists("/")) {
      throw new InputException(
          "%s is no Zarr store: expected zarr.json, .zgroup or .zarray at its top."
              .formatted(path));
    }
  }

  @Override
  public ZarrFile within(String group) {
    return new ZarrFile(this, key(group));
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public List<String> children(String group) {
    if (node(group).array()) {
      throw new InputException(
          "%s should be a group, found an array of values.".formatted(where(group)));
    }
    String key = key(group);
    return io(
        group,
        () -> {
          List<String> found = new ArrayList<>();
          for (String name : store.names(key)) {
            if (nodes.at(Keys.within(key, name)).isPresent()) {
              found.add(name);
            }
          }
          return List.copyOf(found);
        });
  }

  @Override
  public List<String> attributes(String path) {
    List<String> names = new ArrayList<>();
    node(path).attributes().fieldNames().forEachRemaining(names::add);
    names.sort(String::compareTo);
    return List.copyOf(names);
  }

  @Override
  public boolean exists(String path) {
    return found(path).isPresent();
  }

  @Override
  public Kind kind(String path) {
    return found(path).map(ZarrFile::kind).orElse(Kind.MISSING);
  }

  /** Zarr has no array without a value; what is written in place of one is marked by AnnData. */
  private static Kind kind(Node node) {
    if (!node.array()) {
      return Kind.GROUP;
    }
    boolean nothing = node.attributes().path("encoding-type").asText().equals("null");
    return nothing ? Kind.NULL : Kind.ARRAY;
  }

  @Override
  public ZarrArray array(String path) {
    Node node = node(path);
    if (!node.array()) {
      throw new InputException(where(path) + " should hold values, found a group.");
    }
    return new ZarrArray(this, store, key(path), where(path), node);
  }

  @Override
  public boolean hasAttribute(String path, String name) {
    return node(path).attributes().has(name);
  }

  @Override
  public Attribute attribute(String path, String name) {
    return JsonValues.attribute(json(path, name), name, where(path));
  }

  @Override
  public List<String> attributeTexts(String path, String name) {
    return JsonValues.texts(json(path, name), name, where(path));
  }

  @Override
  public double[] attributeNumbers(String path, String name) {
    return JsonValues.doubles(json(path, name), name, where(path));
  }

  @Override
  public long[] attributeLongs(String path, String name) {
    return JsonValues.longs(json(path, name), name, where(path));
  }

  @Override
  public String at(String path) {
    return inside.isEmpty() ? path : key(path);
  }

  private JsonNode json(String path, String name) {
    JsonNode attributes = node(path).attributes();
    if (!attributes.has(name)) {
      throw new InputException("%s has no attribute '%s'.".formatted(where(path), name));
    }
    return attributes.get(name);
  }

  private Node node(String path) {
    return found(path).orElseThrow(() -> new InputException("There is no " + where(path) + "."));
  }

  private Optional<Node> found(String path) {
    return io(path, () -> nodes.at(key(path)));
  }

  /** {@return the version of the format that the group has in which paths begin} */
  int version() {
    return node("/").version();
  }

  /** Looks anew at everything from here on: it has been changed. */
  void forget() {
    nodes.forget();
  }

  /** {@return the key of a path} */
  String key(String path) {
    return Keys.of(inside + "/" + path);
  }

  /** Uses the store. */
  interface Use<T> {
    T run() throws IOException;
  }

  /** Uses the store for an object; what fails is said with its name. */
  <T> T io(String path, Use<T> use) {
    requireOpen();
    try {
      return use.run();
    } catch (IOException e) {
      throw new InputException("Reading %s failed: %s.".formatted(where(path), e), e);
    }
  }

  private void requireOpen() {
    if (!isOpen()) {
      throw new IllegalStateException(path + " is closed");
    }
  }

  boolean isOpen() {
    return open && whole.map(ZarrFile::isOpen).orElse(true);
  }

  @Override
  public void close() {
    boolean now = open && whole.isEmpty();
    open = false;
    if (now) {
      try {
        store.close();
      } catch (IOException e) {
        throw new InputException("Closing %s failed: %s.".formatted(path, e), e);
      }
    }
  }
}
