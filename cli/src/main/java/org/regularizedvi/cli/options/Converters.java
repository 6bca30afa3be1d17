package org.regularizedvi.cli.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.store.DiskReads;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.config.MissingFeatures;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.python.PackageVersion;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Kind;
import org.regularizedvi.options.Spelling;
import org.regularizedvi.samples.FeatureJoin;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the text of an option to its value; a message says what was expected and what was found.
 */
public final class Converters {
  private static final Map<Class<?>, Function<String, ?>> BY_TYPE = new HashMap<>();

  static {
    BY_TYPE.put(Path.class, Converters::path);
    BY_TYPE.put(KeyList.class, KeyList::parse);
    BY_TYPE.put(NumberPerModality.class, NumberPerModality::parse);
    BY_TYPE.put(LibrarySize.class, LibrarySize::parse);
    BY_TYPE.put(NameList.class, NameList::parse);
    BY_TYPE.put(QuantityList.class, QuantityList::parse);
    BY_TYPE.put(KeyCategories.class, KeyCategories::parse);
    BY_TYPE.put(ScoreColumns.class, ScoreColumns::parse);
    BY_TYPE.put(CategoryFiles.class, CategoryFiles::parse);
    BY_TYPE.put(int.class, Converters::whole);
    BY_TYPE.put(Integer.class, Converters::whole);
    BY_TYPE.put(long.class, text -> DecimalText.whole(text, Long.MIN_VALUE, Long.MAX_VALUE));
    BY_TYPE.put(String.class, Converters::name);
    BY_TYPE.put(boolean.class, Converters::truth);
    BY_TYPE.put(Boolean.class, Converters::truth);
    BY_TYPE.put(double.class, Converters::number);
    BY_TYPE.put(Double.class, Converters::number);
    BY_TYPE.put(CellJoin.class, choice(CellJoin.class));
    BY_TYPE.put(FeatureJoin.class, choice(FeatureJoin.class));
    BY_TYPE.put(DiskReads.class, choice(DiskReads.class));
    BY_TYPE.put(Preset.class, choice(Preset.class));
    BY_TYPE.put(PackageVersion.class, choice(PackageVersion.class));
    BY_TYPE.put(MissingFeatures.class, choice(MissingFeatures.class));
    BY_TYPE.put(MissingSlices.class, choice(MissingSlices.class));
    BY_TYPE.put(DifferentialOptions.Mode.class, choice(DifferentialOptions.Mode.class));
    BY_TYPE.put(AmbientAmount.class, choice(AmbientAmount.class));
    BY_TYPE.put(CorrectionMethod.class, choice(CorrectionMethod.class));
  }

  private Converters() {}

  /**
   * Teaches a command line the types of our options.
   *
   * @param line the command line, with its commands
   */
  public static void register(CommandLine line) {
    BY_TYPE.forEach((type, parse) -> register(line, type, parse));
  }

  @SuppressWarnings("unchecked")
  private static <T> void register(CommandLine line, Class<T> type, Function<String, ?> parse) {
    line.registerConverter(type, text -> (T) parse.apply(text));
  }

  /** Converts a text, and fails as ours do: with a sentence. */
  @FunctionalInterface
  interface Conversion extends ITypeConverter<Object> {
    @Override
    Object convert(String text);
  }

  /** {@return the conversion of the text of a declared option to its value} */
  static Conversion of(Declared option) {
    Function<String, ?> one =
        switch (option.kind()) {
          case WHOLE -> Converters::whole;
          case NUMBER -> Converters::number;
          case TRUTH -> Converters::truth;
          case CHOICE -> choice(option.type());
          case NAME -> Converters::name;
          case NAMES -> KeyList::parse;
        };
    if (option.form() == Declared.Form.BY_MODALITY) {
      return text -> ByModality.named(text, one);
    } else if (option.said().byModality()) {
      return text -> ByModality.parse(text, one);
    }
    boolean none = option.kind() == Kind.NUMBER && option.form() == Declared.Form.OPTIONAL;
    return none ? NumberOrNone::parse : one::apply;
  }

  /** Throws what converting the text would throw. */
  static void check(OptionSpec option, String text) {
    if (option.converters().length > 0 && option.converters()[0] instanceof Conversion own) {
      own.convert(text);
    } else if (BY_TYPE.containsKey(valueType(option))) {
      BY_TYPE.get(valueType(option)).apply(text);
    }
  }

  /** {@return the type that an option's text becomes, within an Optional or a list, or not} */
  static Class<?> valueType(OptionSpec option) {
    boolean holds = option.typeInfo().isOptional() || option.typeInfo().isCollection();
    return holds ? option.auxiliaryTypes()[0] : option.type();
  }

  static Path path(String text) {
    try {
      if (!text.isBlank()) {
        return WorkingFolder.path(text);
      }
    } catch (InvalidPathException e) {
      throw expected("a path", text.replace("\0", "\\0"));
    }
    throw expected("a path", text);
  }

  private static String name(String text) {
    if (text.isBlank()) {
      throw expected("a name", text);
    }
    return text;
  }

  private static boolean truth(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw expected("true or false", text);
    }
    return Boolean.parseBoolean(text);
  }

  private static int whole(String text) {
    return (int) DecimalText.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static double number(String text) {
    return DecimalText.number(text, () -> expected("a number", text));
  }

  private static TypeConversionException expected(String what, String text) {
    return new TypeConversionException("expected %s, found '%s'".formatted(what, text));
  }

  static <E> Function<String, E> choice(Class<E> choices) {
    return text ->
        Spelling.choice(choices, text)
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "expected %s, found '%s'"
                            .formatted(String.join(" or ", Spelling.words(choices)), text)));
  }
}
