package org.regularizedvi.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;

/** Finds the engines on the class path and keeps the one that this process computes with. */
public final class Engines {
  /** The device that stands for whichever is preferred. */
  public static final String AUTO = "auto";

  private static final List<Engine> ALL =
      ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(
              Comparator.comparingInt(Engine::preference).reversed().thenComparing(Engine::name))
          .toList();

  private static volatile Optional<Engine> chosen = Optional.empty();

  private Engines() {}

  /** {@return the names of all engines, the preferred ones first} */
  public static List<String> names() {
    return ALL.stream().map(Engine::name).toList();
  }

  /**
   * {@return the devices that {@link #choose} takes: {@value #AUTO}, and what engines compute on}
   */
  public static List<String> devices() {
    return Stream.concat(Stream.of(AUTO), ALL.stream().map(Engine::device)).distinct().toList();
  }

  /**
   * {@return the engine that computes on a device}
   *
   * @param device one of {@link #devices}
   * @param name of the engine; empty for the preferred one of those that can compute there
   * @throws InputException when there is no such device or engine, or it lacks something
   */
  public static Engine choose(String device, Optional<String> name) {
    requireKnown("device", device, devices());
    name.ifPresent(own -> requireKnown("engine", own, names()));
    List<Engine> there =
        ALL.stream()
            .filter(own -> device.equals(AUTO) || own.device().equals(device))
            .filter(own -> name.isEmpty() || own.name().equals(name.get()))
            .toList();
    if (there.isEmpty()) {
      throw new InputException(
          "The engine %s does not compute on the device %s; leave one of the two out."
              .formatted(name.orElseThrow(), device));
    }
    return there.stream()
        .filter(own -> own.lack().isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    there.stream()
                        .flatMap(own -> own.lack().stream())
                        .collect(Collectors.joining(" "))));
  }

  private static void requireKnown(String kind, String name, List<String> known) {
    if (!known.contains(name)) {
      throw new InputException(
          "There is no %s '%s'; there %s %s."
              .formatted(kind, name, known.size() == 1 ? "is" : "are", String.join(", ", known)));
    }
  }

  /**
   * Opens models with this engine from now on, in this process.
   *
   * @param engine one of {@link #names}, as {@link #choose} gives it
   */
  public static void use(Engine engine) {
    chosen = Optional.of(engine);
  }

  /** {@return the engine that models are opened with: the preferred one until another is chosen} */
  public static Engine current() {
    return chosen.orElseGet(() -> choose(AUTO, Optional.empty()));
  }
}
