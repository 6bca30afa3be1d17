package org.regularizedvi.options;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Describes an option as a record's component declares it.
 *
 * @param name the name in snake case
 * @param help the sentence of the help, without the default
 * @param said the declaration
 * @param type the type of the value; of one modality's where there are several
 * @param form how many values there are
 */
public record Declared(String name, String help, Option said, Class<?> type, Form form) {
  /** Says how many values an option has. */
  public enum Form {
    /** It has one. */
    ONE,
    /** It has one or none: an {@code Optional}. */
    OPTIONAL,
    /** It has one for each modality that is named: a {@code Map} by name. */
    BY_MODALITY
  }

  /**
   * Reads a declaration.
   *
   * @param whole the option that the component's record is a part of, where there is one
   */
  static Declared of(RecordComponent component, Option said, Optional<Declared> whole) {
    String own = Spelling.snake(component.getName());
    boolean on = isSwitch(component);
    return new Declared(
        said.name().isEmpty() ? whole.map(w -> w.name() + "_" + own).orElse(own) : said.name(),
        whole.map(w -> said.help().replace("%s", w.help())).orElse(said.help()),
        said,
        on ? boolean.class : type(component),
        on ? Form.ONE : form(component.getType()));
  }

  /** Tells whether a component holds the options of a record while they are switched on. */
  static boolean isSwitch(RecordComponent component) {
    return component.getType() == Optional.class && type(component).isRecord();
  }

  private static Form form(Class<?> type) {
    if (type == Map.class) {
      return Form.BY_MODALITY;
    }
    boolean optional =
        type == Optional.class || type == OptionalInt.class || type == OptionalDouble.class;
    return optional ? Form.OPTIONAL : Form.ONE;
  }

  /** {@return the type of a component, of what it holds where it is a container} */
  static Class<?> type(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == OptionalInt.class) {
      return int.class;
    } else if (type == OptionalDouble.class) {
      return double.class;
    } else if (type == Optional.class || type == Map.class) {
      Type[] arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
      Type last = arguments[arguments.length - 1];
      return (Class<?>) (last instanceof ParameterizedType list ? list.getRawType() : last);
    }
    return type;
  }

  /** {@return the kind of the value} */
  public Kind kind() {
    return Kind.of(type);
  }

  /** {@return the name on the command line: {@code --n-hidden}} */
  public String flag() {
    return "--" + name.replace('_', '-');
  }
}
