package org.regularizedvi.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

class H5FileTest {
  private static final String ODD = "a/decoder.Layer 0.0.weight ß";

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() {
    path = folder.resolve("välues.h5");
    try (H5Output out = H5Output.create(path)) {
      out.group("a");
      out.floats(ODD, new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}, Storage.COMPRESSED);
      out.floats("scalar", new long[0], new float[] {2.5f}, Storage.PLAIN);
      out.longs("longs", new long[] {2}, new long[] {Long.MAX_VALUE, -1}, Storage.PLAIN);
      out.texts("texts", new long[] {3}, "", "é漢", "c");
      out.floats("empty", new long[] {0}, new float[0], Storage.COMPRESSED);
      out.flags("flags", new long[] {2}, new boolean[] {true, false});
      out.ints(
          "parts",
          5,
          Stream.of(new int[] {1, 2}, new int[0], new int[] {3, 4, 5}),
          Storage.COMPRESSED);
      out.attribute("a", "text", "wört");
      out.attribute("a", "texts", List.of("x", "y"));
      out.attribute("a", "none", List.of());
      out.attribute("/", "numbers", new long[] {3, 4});
      out.attribute("/", "flag", true);
    }
  }

  @Test
  void kindsChildrenAndShapes() {
    try (H5File file = H5File.open(path)) {
      assertThat(file.children("/"))
          .containsExactly("a", "empty", "flags", "longs", "parts", "scalar", "texts");
      assertThat(file.children("a")).containsExactly("decoder.Layer 0.0.weight ß");
      assertThat(file.kind("a")).isEqualTo(Hierarchy.Kind.GROUP);
      assertThat(file.kind(ODD)).isEqualTo(Hierarchy.Kind.ARRAY);
      assertThat(file.kind("a/b/c")).isEqualTo(Hierarchy.Kind.MISSING);
      assertThat(file.kind("longs/b")).isEqualTo(Hierarchy.Kind.MISSING);
      assertThat(file.shape(ODD)).containsExactly(2, 3);
      assertThat(file.shape("scalar")).isEmpty();
      assertThat(file.type("flags")).isEqualTo(new ElementType(ElementType.Kind.BOOLEAN, 1, true));
      assertThat(file.type("longs").describe()).isEqualTo("int64");
    }
  }

  @Test
  void valuesComeInTheWantedType() {
    try (H5File file = H5File.open(path)) {
      assertThat(file.floats(ODD)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(file.doubles(ODD)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(file.ints(ODD)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(file.floats("scalar")).containsExactly(2.5f);
      assertThat(file.longs("longs")).containsExactly(Long.MAX_VALUE, -1);
      assertThat(file.strings("texts")).containsExactly("", "é漢", "c");
      assertThat(file.floats("empty")).isEmpty();
      assertThat(file.ints("flags")).containsExactly(1, 0);
      assertThat(file.ints("parts")).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @Test
  void boxesAreCutOut() {
    try (H5File file = H5File.open(path);
        H5Dataset dataset = file.array(ODD)) {
      assertThat(dataset.floats(new long[] {0, 1}, new long[] {2, 2})).containsExactly(2, 3, 5, 6);
      assertThat(dataset.chunk()).hasSize(2);
    }
  }

  @Test
  void attributes() {
    try (H5File file = H5File.open(path)) {
      assertThat(file.attributeText("a", "text")).isEqualTo("wört");
      assertThat(file.attributeTexts("a", "texts")).containsExactly("x", "y");
      assertThat(file.attributeTexts("a", "none")).isEmpty();
      assertThat(file.attributeLongs("/", "numbers")).containsExactly(3, 4);
      assertThat(file.attributeNumber("/", "flag")).isEqualTo(1);
      assertThat(file.hasAttribute("a", "other")).isFalse();
      assertThatThrownBy(() -> file.attributeText("a", "other"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'a'")
          .hasMessageContaining("no attribute 'other'");
      assertThatThrownBy(() -> file.attributeNumber("a", "text"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("should be a number, found string");
    }
  }

  @Test
  void mistakesAreNamed() {
    try (H5File file = H5File.open(path)) {
      assertThatThrownBy(() -> file.floats("flöats"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("There is no 'flöats'")
          .hasMessageContaining("välues.h5");
      assertThatThrownBy(() -> file.floats("texts"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("should hold numbers, found string");
      assertThatThrownBy(() -> file.strings("longs"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("should hold text, found int64");
    }
  }

  @Test
  void viewOfAGroupCountsPathsFromThere() {
    try (H5Output out = H5Output.append(path)) {
      H5Output inner = out.within("a").within("/b/");
      inner.group("/");
      inner.texts("deep", new long[] {1}, "x");
      inner.attribute("deep", "one", 7);
      inner.attribute("/", "kind", "inner");
      inner.ints("gone", new int[] {1}, Storage.PLAIN);
      inner.delete("gone");
      inner.close();
      out.unsignedInts("a/b/unsigned", new int[] {-1}, Storage.PLAIN);
    }
    try (H5File file = H5File.open(path)) {
      assertThat(file.strings("a/b/deep")).containsExactly("x");
      H5File a = file.within("a");
      H5File b = a.within("b");
      assertThat(b.children("/")).containsExactly("deep", "unsigned");
      assertThat(b.attributeNumber("deep", "one")).isEqualTo(7);
      assertThat(b.attributeText("/", "kind")).isEqualTo("inner");
      assertThat(b.longs("unsigned")).containsExactly(0xffffffffL);
      assertThat(b.exists("longs")).isFalse();
      assertThat(b.where("deep")).isEqualTo("'a/b/deep' in " + path);
      assertThatThrownBy(() -> b.strings("none"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'a/b/none'");
      a.close();
      assertThatThrownBy(() -> b.strings("deep")).isInstanceOf(IllegalStateException.class);
      assertThat(file.strings("a/b/deep")).containsExactly("x");
    }
  }

  @Test
  void textBeforeTheFileStaysThere() throws IOException {
    Path begun = folder.resolve("begun.h5");
    try (H5Output out = H5Output.create(begun, "Hello")) {
      out.texts("x", new long[] {1}, "y");
    }
    byte[] bytes = Files.readAllBytes(begun);
    assertThat(new String(bytes, 0, 5, StandardCharsets.UTF_8)).isEqualTo("Hello");
    assertThat(Arrays.copyOfRange(bytes, 5, 512)).containsOnly(0);
    try (H5Output out = H5Output.append(begun)) {
      out.texts("z", new long[] {1}, "w");
    }
    assertThat(Files.readAllBytes(begun)).startsWith(Arrays.copyOf(bytes, 512));
    try (H5File file = H5File.open(begun)) {
      assertThat(file.children("/")).containsExactly("x", "z");
    }
  }

  @Test
  void partsMustFillTheDataset() {
    try (H5Output out = H5Output.append(path)) {
      assertThatThrownBy(() -> out.ints("short", 3, Stream.of(new int[2]), Storage.PLAIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes 3 values, got 2");
    }
  }

  @Test
  void useAfterCloseIsABug() {
    H5File file = H5File.open(path);
    H5Dataset dataset = file.array("longs");
    file.close();
    file.close();
    dataset.close();
    assertThatThrownBy(() -> file.floats("longs"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(dataset::longs).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void manyThreadsReadOneFile() throws Exception {
    try (H5File file = H5File.open(path);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<int[]> read =
          () -> IntStream.range(0, 50).flatMap(i -> IntStream.of(file.ints("parts"))).toArray();
      for (Future<int[]> done : threads.invokeAll(java.util.Collections.nCopies(8, read))) {
        assertThat(done.get()).hasSize(250).startsWith(1, 2, 3, 4, 5, 1);
      }
    }
  }

  @Test
  void everyIdIsGivenBack() {
    List<Long> before = openIds();
    try (H5File file = H5File.open(path)) {
      file.floats(ODD);
      file.strings("texts");
      file.attributeTexts("a", "texts");
      file.kind("a/b/c");
      assertThatThrownBy(() -> file.floats("texts")).isInstanceOf(InputException.class);
    }
    try (H5Output out = H5Output.append(path)) {
      out.delete("a");
      out.texts("new", new long[] {1}, "x");
      out.attribute("/", "flag", false);
    }
    assertThat(openIds()).isEqualTo(before);
  }

  /** Counts what we hold, and what libhdf5 says is open in any file. */
  private static List<Long> openIds() {
    Function objects = Function.of("H5Fget_obj_count", "LLI");
    int all = 0x1f;
    return Hdf5Lock.guard("Counting ids", () -> List.of(Handle.open(), objects.call(all, all)));
  }
}
