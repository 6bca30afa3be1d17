package org.regularizedvi.formats.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.formats.damage.Damage;
import org.regularizedvi.input.InputException;

/** Whatever byte of a store is wrong, it is read or refused, and neither takes long. */
class DamagedAnywhereTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final long MOST_VALUES = 100_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private int refused;

  /** Reads all there is of a store, as long as an array has no absurd size. */
  private void read(Path store) {
    Instant start = Instant.now();
    try (ZarrFile file = ZarrFile.open(store)) {
      read(file, "/");
    } catch (InputException e) {
      assertThat(e).hasMessageContaining(store.toString());
      refused++;
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(LONGEST);
  }

  private static void read(ZarrFile file, String path) {
    file.attributes(path);
    switch (file.kind(path)) {
      case GROUP -> file.children(path).forEach(name -> read(file, path + "/" + name));
      case ARRAY -> {
        try (ZarrArray array = file.array(path)) {
          double values = LongStream.of(array.shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
          if (values > MOST_VALUES) {
            return;
          }
          if (array.type().numeric()) {
            array.doubles();
            array.longs();
          } else {
            array.strings();
          }
        }
      }
      default -> throw new AssertionError(path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2.zarr", "v3.zarr"})
  void bytesOfAnyFile(String store) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<Path> arrays;
    try (Stream<Path> all = Files.walk(ZarrInputs.file(store))) {
      String name = store.startsWith("v2") ? ".zarray" : "zarr.json";
      arrays =
          all.filter(file -> file.endsWith(name) && !file.getParent().endsWith(store))
              .map(Path::getParent)
              .sorted()
              .toList();
    }
    for (Path array : arrays) {
      Path copy = folder.resolve(array.getParent().getFileName() + "_" + array.getFileName());
      List<Path> files;
      try (Stream<Path> all = Files.walk(array)) {
        files = all.filter(Files::isRegularFile).sorted().toList();
      }
      for (Path file : files) {
        Path to = copy.resolve(array.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
      for (int i = 0; i < 6; i++) {
        Path file = files.get(random.nextInt(files.size()));
        byte[] whole = Files.readAllBytes(file);
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        Path damaged = copy.resolve(array.relativize(file));
        if (whole.length > 1100) {
          Files.write(damaged, damage.of(whole, random));
        } else if (whole.length > 0) {
          Files.write(damaged, Damage.FLIP.of(whole, random));
        }
        read(copy);
        Files.write(damaged, whole);
      }
    }
    assertThat(refused).isGreaterThan(arrays.size());
  }

  @Test
  void bytesOfAZipFile() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    Path damaged = folder.resolve("one.zarr.zip");
    for (String store : new String[] {"v2.zarr.zip", "v3.zarr.zip"}) {
      byte[] whole = Files.readAllBytes(ZarrInputs.file(store));
      for (int i = 0; i < 300; i++) {
        Damage damage = Damage.values()[i % Damage.values().length];
        Files.write(damaged, damage.of(whole, random));
        read(damaged);
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  /** Puts odd values in the place of each that some metadata has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v2.zarr:how/blosc_lz4_1/f4",
        "v3.zarr:shard/start_GzipCodec_crc32c",
        "v3.zarr:order/twice",
        "v2.zarr:fill/any"
      })
  void valuesOfMetadata(String which) throws IOException {
    String store = which.substring(0, 7);
    Path array = ZarrInputs.file(store).resolve(which.substring(8));
    String name = store.startsWith("v2") ? ".zarray" : "zarr.json";
    Path copy = folder.resolve("one.zarr");
    try (Stream<Path> all = Files.walk(array)) {
      for (Path file : all.toList()) {
        Files.copy(file, copy.resolve(array.relativize(file)));
      }
    }
    JsonNode whole = JSON.readTree(array.resolve(name).toFile());
    for (String odd :
        new String[] {
          "null",
          "-1",
          "0",
          "1",
          "7",
          "1.5",
          "1e300",
          "\"\"",
          "\"x\"",
          "[]",
          "[[]]",
          "{}",
          "true",
          "[3000000000]",
          "[-1]",
          "[9000000000000000000, 9000000000000000000]",
          "99999999999999999999"
        }) {
      int places = places(whole);
      for (int i = 0; i < places; i++) {
        JsonNode changed = whole.deepCopy();
        put(changed, new int[] {i}, JSON.readTree(odd));
        JSON.writeValue(copy.resolve(name).toFile(), changed);
        read(copy);
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  private static int places(JsonNode json) {
    int places = json.size();
    for (JsonNode each : json) {
      places += places(each);
    }
    return places;
  }

  /** Replaces the value at a place that is counted down to. */
  private static void put(JsonNode json, int[] place, JsonNode odd) {
    if (json instanceof ObjectNode object) {
      for (String name : names(object)) {
        JsonNode value = object.get(name);
        if (place[0]-- == 0) {
          object.set(name, odd);
        }
        put(value, place, odd);
      }
    } else if (json instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        JsonNode value = list.get(i);
        if (place[0]-- == 0) {
          list.set(i, odd);
        }
        put(value, place, odd);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
