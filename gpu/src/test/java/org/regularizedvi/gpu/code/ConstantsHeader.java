package org.regularizedvi.gpu.code;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;

/**
 * Writes {@code constants.h}: every constant of the Java classes that the kernels repeat the
 * arithmetic of, so that no number is typed twice.
 */
public final class ConstantsHeader {
  private static final List<String> CLASSES =
      List.of(
          "org.regularizedvi.kernel.special.Approximations",
          "org.regularizedvi.kernel.special.ScalarFunctions",
          "org.regularizedvi.kernel.random.BoxMuller",
          "org.regularizedvi.kernel.random.Threefry",
          "org.regularizedvi.kernel.random.CounterRandom",
          "org.regularizedvi.kernel.random.ScalarDraws",
          "org.regularizedvi.kernel.LargeCounts",
          "org.regularizedvi.kernel.BurstSizes",
          "org.regularizedvi.kernel.Workspace",
          "org.regularizedvi.core.term.ScalingFactor",
          "org.regularizedvi.core.shape.EncoderHeadStart",
          "org.regularizedvi.core.term.LatentRelevance",
          "org.regularizedvi.core.term.LatentShrinkage",
          "org.regularizedvi.core.term.Sparsity",
          "org.regularizedvi.cpu.layer.BatchNorm",
          "org.regularizedvi.cpu.layer.LayerNorm",
          "org.regularizedvi.gpu.step.CountRows",
          "org.regularizedvi.gpu.code.SharedBytes");

  private ConstantsHeader() {}

  /** {@return the header} */
  public static String text() {
    StringBuilder text = new StringBuilder("#pragma once\n");
    for (String name : CLASSES) {
      try {
        Class<?> type = Class.forName(name);
        for (Field field : type.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers())) {
            field.setAccessible(true);
            add(text, type.getSimpleName() + "_" + field.getName(), field.get(null));
          }
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(name, e);
      }
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String name, Object value) {
    String upper = name.toUpperCase(Locale.ROOT);
    switch (value) {
      case Float f -> define(text, upper, "(" + Float.toHexString(f) + "f)");
      case Double d -> define(text, upper, "(" + Double.toHexString(d) + ")");
      case Integer i when i >= 0 -> define(text, upper, i.toString());
      case Integer i -> define(text, upper, "((int)0x" + Integer.toHexString(i) + "u)");
      case Long l -> define(text, upper, "((long long)0x" + Long.toHexString(l) + "ULL)");
      case int[] numbers -> {
        for (int i = 0; i < numbers.length; i++) {
          define(text, upper + "_" + i, Integer.toString(numbers[i]));
        }
      }
      default -> {} // tables and helpers are no constants of a formula
    }
  }

  private static void define(StringBuilder text, String name, String value) {
    text.append("#define ").append(name).append(' ').append(value).append('\n');
  }
}
