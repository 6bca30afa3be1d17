package org.regularizedvi.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a record as an option of the model or of its training. This is the one
 * place where an option is said: its name is the component's in snake case, its type the
 * component's, its default what the record's presets hold, and its range what the record's
 * constructor checks.
 *
 * <p>On a component that is a record itself, the name is the beginning of the names of its own
 * options and of its messages, and the help takes the place of {@code %s} in theirs. On an {@code
 * Optional} of a record it declares the switch that turns the record's options on; what they are
 * then is the record's static method {@code defaults()}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /** Says which versions of the Python package have an option as an argument of the model. */
  enum Python {
    /** The published version and later ones have it. */
    EVERY,
    /**
     * Later ones alone have it: it is exported when a model differs from what the published one can
     * do.
     */
    LATER,
    /**
     * The newest alone has it: it is exported when a model makes use of one of these options, whose
     * defaults change nothing.
     */
    NEWEST,
    /** None has it, because the option changes nothing of the model once that is trained. */
    NONE
  }

  /** {@return the name, in snake case, where it is not the component's} */
  String name() default "";

  /**
   * {@return the sentence of the help, without the default, which is added; empty on a map that
   * holds single modalities' values of an option declared elsewhere}
   */
  String help() default "";

  /** {@return the placeholder of the value in the help, where it is not the usual of its type} */
  String label() default "";

  /** {@return words for the recommended default, where its value alone does not say it} */
  String standard() default "";

  /** {@return words for the published default, where its value alone does not say it} */
  String published() default "";

  /**
   * {@return whether single modalities may have values of their own} The map of these, in another
   * record, has the same name and says the same.
   */
  boolean byModality() default false;

  /** {@return whether a list of names may be given in several parts} */
  boolean repeatable() default false;

  /** {@return which versions of the Python package know the option} */
  Python python() default Python.EVERY;
}
