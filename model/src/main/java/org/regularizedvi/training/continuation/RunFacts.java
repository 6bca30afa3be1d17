package org.regularizedvi.training.continuation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.store.StoredRecords;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.input.InputException;

/**
 * Holds all that a training's bits depend on, by name: options, seed, version, digests of the data.
 * Two runs with the same facts are the same training.
 *
 * @param byName values as text, in the order in which they are compared
 */
public record RunFacts(SequencedMap<String, String> byName) {
  /** By which name the engine is known. */
  public static final String ENGINE = "engine";

  /** By which name the type of the products' operands is known. */
  public static final String PRODUCTS = "products";

  private static final int DIGEST = 64;

  /** Keeps a copy. */
  public RunFacts {
    byName = new LinkedHashMap<>(byName);
  }

  /**
   * {@return one clause for each fact that is another one in a checkpoint: "seed is 0 there and 1
   * here"}
   */
  List<String> differences(Map<String, String> there) {
    Set<String> names = new LinkedHashSet<>(byName.keySet());
    names.addAll(there.keySet());
    List<String> clauses = new ArrayList<>();
    for (String name : names) {
      if (!there.getOrDefault(name, "").equals(byName.getOrDefault(name, ""))) {
        clauses.add(
            "%s is %s there and %s here".formatted(name, text(there, name), text(byName, name)));
      }
    }
    return clauses;
  }

  /** {@return the clauses, but for those of another engine and what that multiplies} */
  List<String> differencesElsewhere(Map<String, String> there) {
    Map<String, String> same = new LinkedHashMap<>(there);
    if (sameEngine(there)) {
      return differences(there);
    }
    for (String name : List.of(ENGINE, PRODUCTS)) {
      same.put(name, byName.getOrDefault(name, ""));
    }
    return differences(same);
  }

  /**
   * {@return a sentence on going on with another engine than that of a checkpoint; empty where it
   * is the same}
   */
  Optional<String> goneElsewhere(Map<String, String> there) {
    return sameEngine(there)
        ? Optional.empty()
        : Optional.of(
            "Training goes on with %s, from a checkpoint of %s: the last bits of all numbers will differ from those of a run that was not interrupted."
                .formatted(engine(byName), engine(there)));
  }

  private boolean sameEngine(Map<String, String> there) {
    return there.getOrDefault(ENGINE, "").equals(byName.getOrDefault(ENGINE, ""));
  }

  private static String engine(Map<String, String> facts) {
    return "the engine %s in %s".formatted(facts.get(ENGINE), facts.get(PRODUCTS));
  }

  /**
   * Requires that several workers train the same, on processors of one kind.
   *
   * @param peers the workers, each of which asks with its own facts
   * @throws InputException on each of them, naming the first that differs from worker 0 and in what
   */
  public void requireSame(Peers peers) {
    if (peers.ranks() == 1) {
      return;
    }
    List<RunFacts> all = new ArrayList<>();
    for (byte[] facts : peers.gather(bytes())) {
      all.add(of(facts));
    }
    for (int rank = 1; rank < all.size(); rank++) {
      List<String> differences = all.get(rank).differences(all.getFirst().byName);
      if (!differences.isEmpty()) {
        throw new InputException(
            "Worker %d does not train what worker 0 does: %s; give all workers the same data, options and version, on processors of one kind."
                .formatted(rank, String.join(", ", differences)));
      }
    }
  }

  private byte[] bytes() {
    SequencedMap<String, String> facts = new LinkedHashMap<>(byName);
    facts.put("processor", Processor.name());
    try {
      return StoredRecords.JSON.writeValueAsBytes(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RunFacts of(byte[] facts) {
    try {
      return new RunFacts(StoredRecords.JSON.readValue(facts, new TypeReference<>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Map<String, String> facts, String name) {
    String value = facts.getOrDefault(name, "");
    if (value.isEmpty()) {
      return "not given";
    }
    return value.matches("[0-9a-f]{" + DIGEST + "}") ? value.substring(0, 12) + "..." : value;
  }
}
