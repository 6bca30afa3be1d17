package org.regularizedvi.cli.options;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.LrSchedule;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.config.ScaleActivation;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** How the text of an option becomes its value; each says what it expected and what it found. */
public final class Converters {
  private static final Map<Class<?>, Function<String, ?>> BY_TYPE = new HashMap<>();

  static {
    BY_TYPE.put(KeyList.class, KeyList::parse);
    BY_TYPE.put(NumberOrNone.class, NumberOrNone::parse);
    BY_TYPE.put(NumberPerModality.class, NumberPerModality::parse);
    BY_TYPE.put(Wholes.class, Wholes::parse);
    BY_TYPE.put(Factors.class, Factors::parse);
    BY_TYPE.put(Dispersions.class, Dispersions::parse);
    BY_TYPE.put(Layers.class, Layers::new);
    BY_TYPE.put(LibrarySize.class, LibrarySize::parse);
    BY_TYPE.put(NameList.class, NameList::parse);
    BY_TYPE.put(QuantityList.class, QuantityList::parse);
    BY_TYPE.put(KeyCategories.class, KeyCategories::parse);
    BY_TYPE.put(ScoreColumns.class, ScoreColumns::parse);
    BY_TYPE.put(int.class, Converters::whole);
    BY_TYPE.put(Integer.class, Converters::whole);
    BY_TYPE.put(long.class, text -> number("a whole number", text, Long::valueOf));
    BY_TYPE.put(double.class, Converters::number);
    BY_TYPE.put(Double.class, Converters::number);
    BY_TYPE.put(CellJoin.class, choice(CellJoin.values()));
    BY_TYPE.put(LatentMode.class, choice(LatentMode.values()));
    BY_TYPE.put(ModalityWeights.class, choice(ModalityWeights.values()));
    BY_TYPE.put(LatentDistribution.class, choice(LatentDistribution.values()));
    BY_TYPE.put(ScaleActivation.class, choice(ScaleActivation.values()));
    BY_TYPE.put(NormalisedNetworks.class, choice(NormalisedNetworks.values()));
    BY_TYPE.put(Precision.class, choice(Precision.values()));
    BY_TYPE.put(Preset.class, choice(Preset.values()));
    BY_TYPE.put(DecoderBias.class, choice(DecoderBias.values()));
    BY_TYPE.put(DispersionInit.class, choice(DispersionInit.values()));
    BY_TYPE.put(LrSchedule.class, choice(LrSchedule.values()));
    BY_TYPE.put(MissingSlices.class, choice(MissingSlices.values()));
    BY_TYPE.put(DifferentialOptions.Mode.class, choice(DifferentialOptions.Mode.values()));
    BY_TYPE.put(CorrectionMethod.class, choice(CorrectionMethod.values()));
  }

  private Converters() {}

  /** Teaches a command line the types of our options. */
  public static void register(CommandLine line) {
    BY_TYPE.forEach((type, parse) -> register(line, type, parse));
  }

  @SuppressWarnings("unchecked")
  private static <T> void register(CommandLine line, Class<T> type, Function<String, ?> parse) {
    line.registerConverter(type, text -> (T) parse.apply(text));
  }

  /** Throws what converting the text would throw. */
  static void check(Class<?> type, String text) {
    if (BY_TYPE.containsKey(type)) {
      BY_TYPE.get(type).apply(text);
    }
  }

  /** Returns what an option's text becomes, within an Optional or not. */
  static Class<?> valueType(OptionSpec option) {
    return option.typeInfo().isOptional() ? option.auxiliaryTypes()[0] : option.type();
  }

  static int whole(String text) {
    return number("a whole number", text, Integer::valueOf);
  }

  static double number(String text) {
    return number("a number", text, Double::valueOf);
  }

  private static <T> T number(String expected, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected %s, found '%s'".formatted(expected, text));
    }
  }

  static <E extends Enum<E>> Function<String, E> choice(E[] choices) {
    return text ->
        Arrays.stream(choices)
            .filter(choice -> name(choice).equals(text.replace('_', '-')))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "expected %s, found '%s'"
                            .formatted(
                                Arrays.stream(choices)
                                    .map(Converters::name)
                                    .collect(Collectors.joining(" or ")),
                                text)));
  }

  /** The name of a choice as users write it: {@code gene-batch}. */
  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
