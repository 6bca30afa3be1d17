package org.regularizedvi.engine;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.regularizedvi.input.InputException;

/** The engines on the class path, by name. */
public final class Engines {
  private static final List<Engine> ALL =
      ServiceLoader.load(Engine.class).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(
              Comparator.comparingInt(Engine::preference).reversed().thenComparing(Engine::name))
          .toList();

  private static volatile Engine current =
      ALL.stream().filter(own -> own.lack().isEmpty()).findFirst().orElseThrow();

  private Engines() {}

  /** All engines, the preferred ones first. */
  public static List<Engine> all() {
    return ALL;
  }

  /** The engine that models are opened with from now on, in this process. */
  public static Engine current() {
    return current;
  }

  /** Opens models with another engine from now on, in this process. */
  public static void use(Engine engine) {
    current = engine;
  }

  /**
   * The engine of a name.
   *
   * @throws InputException when there is none, or it cannot compute on this machine
   */
  public static Engine named(String name) {
    Engine found =
        ALL.stream()
            .filter(own -> own.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "There is no engine '%s'; there are %s."
                            .formatted(
                                name, String.join(", ", ALL.stream().map(Engine::name).toList()))));
    found
        .lack()
        .ifPresent(
            sentence -> {
              throw new InputException(sentence);
            });
    return found;
  }
}
