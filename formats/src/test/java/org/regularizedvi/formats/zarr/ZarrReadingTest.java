package org.regularizedvi.formats.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.zarr.ZarrInputs.Expected;
import org.regularizedvi.input.InputException;

/** Stores that zarr-python wrote are read value for value. */
class ZarrReadingTest {
  @ParameterizedTest
  @ValueSource(strings = {"v2.zarr", "v3.zarr", "v2.zarr.zip", "v3.zarr.zip"})
  void everyValue(String store) {
    List<Expected> all = ZarrInputs.of(store);
    assertThat(all).hasSizeGreaterThan(2);
    try (ZarrFile file = ZarrFile.open(ZarrInputs.file(store))) {
      for (Expected expected : all) {
        try (ZarrArray array = file.array(expected.path())) {
          assertThat(array.shape()).as(array.where()).isEqualTo(expected.shape());
          assertThat(array.type().describe()).as(array.where()).isEqualTo(expected.type());
          if (expected.text()) {
            assertThat(array.strings()).as(array.where()).isEqualTo(expected.texts());
          } else {
            requireSame(expected, array, new long[expected.shape().length], expected.shape());
            if (!expected.path().startsWith("how/")) {
              boxes(expected, array);
            }
          }
        }
      }
    }
  }

  /** Reads boxes at random. */
  private static void boxes(Expected expected, ZarrArray array) {
    Random draw = new Random(expected.path().hashCode());
    long[] shape = expected.shape();
    for (int i = 0; i < 5; i++) {
      long[] offset = LongStream.of(shape).map(n -> draw.nextLong(n + 1)).toArray();
      long[] count = new long[shape.length];
      for (int axis = 0; axis < shape.length; axis++) {
        count[axis] = draw.nextLong(shape[axis] - offset[axis] + 1);
      }
      requireSame(expected, array, offset, count);
    }
  }

  /** Compares a box as every kind of number. */
  private static void requireSame(Expected expected, ZarrArray array, long[] offset, long[] count) {
    long[] bits = cut(expected.bits(), expected.shape(), offset, count);
    double[] doubles = array.doubles(offset, count);
    float[] floats = array.floats(offset, count);
    int[] ints = array.ints(offset, count);
    long[] longs = array.longs(offset, count);
    boolean unsigned = expected.type().equals("uint64");
    assertThat(doubles).hasSameSizeAs(bits);
    for (int i = 0; i < bits.length; i++) {
      double real =
          expected.real()
              ? Double.longBitsToDouble(bits[i])
              : unsigned ? Double.parseDouble(Long.toUnsignedString(bits[i])) : bits[i];
      long whole = expected.real() ? (long) real : bits[i];
      float single =
          expected.real()
              ? (float) real
              : Float.parseFloat(unsigned ? Long.toUnsignedString(bits[i]) : "" + bits[i]);
      if (doubles[i] != real && !(Double.isNaN(real) && Double.isNaN(doubles[i]))
          || 1 / doubles[i] != 1 / real && real == 0
          || Float.compare(floats[i], single) != 0
          || longs[i] != whole
          || ints[i]
              != (unsigned && whole < 0
                  ? Integer.MAX_VALUE
                  : Math.clamp(whole, Integer.MIN_VALUE, Integer.MAX_VALUE))) {
        throw new AssertionError(
            "%s at %d of box %s %s: %s %s %s %s, expected %s"
                .formatted(
                    array.where(),
                    i,
                    Arrays.toString(offset),
                    Arrays.toString(count),
                    doubles[i],
                    floats[i],
                    longs[i],
                    ints[i],
                    real));
      }
    }
  }

  private static long[] cut(long[] all, long[] shape, long[] offset, long[] count) {
    int size = (int) LongStream.of(count).reduce(1, (a, b) -> a * b);
    long[] cut = new long[size];
    for (int i = 0; i < size; i++) {
      long rest = i;
      long at = 0;
      long step = 1;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at += (offset[axis] + rest % count[axis]) * step;
        rest /= count[axis];
        step *= shape[axis];
      }
      cut[i] = all[(int) at];
    }
    return cut;
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2.zarr", "v3.zarr"})
  void groupsAndAttributes(String store) {
    try (Hierarchy file = ZarrFile.open(ZarrInputs.file(store))) {
      assertThat(file.children("/")).contains("cube", "how", "leer", "order", "type");
      assertThat(file.children("leer")).isEmpty();
      assertThat(file.children("how")).contains("none", "blosc_lz4_1").isSorted();
      assertThat(file.kind("type")).isEqualTo(Hierarchy.Kind.GROUP);
      assertThat(file.kind("/type//f4/")).isEqualTo(Hierarchy.Kind.ARRAY);
      assertThat(file.kind("type/f4/0")).isEqualTo(Hierarchy.Kind.MISSING);
      assertThat(file.kind("type/../cube")).isEqualTo(Hierarchy.Kind.MISSING);
      assertThat(file.exists("type/f5")).isFalse();
      assertThat(file.shape("cube")).containsExactly(5, 4, 6);
      assertThat(file.attributes("/"))
          .containsExactly(
              "flag", "large", "nan", "none", "number", "numbers", "text", "texts", "whole");
      assertThat(file.attributeText("/", "text")).isEqualTo("wört");
      assertThat(file.attributeTexts("/", "texts")).containsExactly("x", "ü");
      assertThat(file.attributeTexts("/", "none")).isEmpty();
      assertThat(file.attributeNumber("/", "number")).isEqualTo(1.5);
      assertThat(file.attributeNumber("/", "flag")).isEqualTo(1);
      assertThat(file.attributeNumber("/", "nan")).isNaN();
      assertThat(file.attributeLongs("/", "numbers")).containsExactly(3, 4);
      assertThat(file.attributeLongs("/", "large")).containsExactly((1L << 62) + 1);
      assertThat(file.hasAttribute("leer", "text")).isFalse();
      Hierarchy text = file.within("text");
      assertThat(text.children("/")).containsExactly("any", "bytes", "fixed", "one", "square");
      assertThat(text.strings("one")).containsExactly("ein Wort");
      assertThat(text.where("one")).isEqualTo("'text/one' in " + file.path());
      text.close();
      assertThat(file.exists("cube")).isTrue();
    }
  }

  @Test
  void mistakesAreNamed() {
    try (Hierarchy file = ZarrFile.open(ZarrInputs.file("v3.zarr"))) {
      assertThatThrownBy(() -> file.floats("kubus"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("There is no 'kubus' in ")
          .hasMessageContaining("v3.zarr");
      assertThatThrownBy(() -> file.floats("text"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'text' in ")
          .hasMessageContaining("should hold values, found a group");
      assertThatThrownBy(() -> file.children("cube"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("should be a group, found an array");
      assertThatThrownBy(() -> file.floats("text/any"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("should hold numbers, found string");
      assertThatThrownBy(() -> file.strings("cube"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("should hold text, found int32");
      assertThatThrownBy(() -> file.attributeNumber("/", "text"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("Attribute 'text' of '/'")
          .hasMessageContaining("should be a number, found string");
      assertThatThrownBy(() -> file.attributeText("/", "other"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no attribute 'other'");
    }
  }

  @Test
  void useAfterCloseIsABug() {
    ZarrFile file = ZarrFile.open(ZarrInputs.file("v2.zarr"));
    ZarrFile view = file.within("type");
    ZarrArray array = file.array("cube");
    array.close();
    assertThatThrownBy(array::ints).isInstanceOf(IllegalStateException.class);
    file.close();
    file.close();
    assertThatThrownBy(() -> view.ints("i4"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }
}
