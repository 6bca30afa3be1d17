package org.regularizedvi.training.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class RunFactsTest {
  private static SequencedMap<String, String> facts(String engine, String products, String seed) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put(RunFacts.ENGINE, engine);
    facts.put(RunFacts.PRODUCTS, products);
    facts.put("seed", seed);
    return facts;
  }

  @Test
  void elsewhereOnlyTheEngineMayDiffer() {
    RunFacts here = new RunFacts(facts("cuda", "bfloat16", "1"));
    SequencedMap<String, String> there = facts("cpu", "float32", "1");
    assertThat(here.differences(there))
        .containsExactly(
            "engine is cpu there and cuda here", "products is float32 there and bfloat16 here");
    assertThat(here.differencesElsewhere(there)).isEmpty();
    assertThat(here.goneElsewhere(there)).isPresent();
    assertThat(here.differencesElsewhere(facts("cpu", "float32", "2")))
        .containsExactly("seed is 2 there and 1 here");
  }

  @Test
  void oneEngineMultipliesTheSame() {
    RunFacts here = new RunFacts(facts("cuda", "bfloat16", "1"));
    SequencedMap<String, String> there = facts("cuda", "float32", "1");
    assertThat(here.differencesElsewhere(there))
        .containsExactly("products is float32 there and bfloat16 here");
    assertThat(here.goneElsewhere(there)).isEmpty();
  }
}
