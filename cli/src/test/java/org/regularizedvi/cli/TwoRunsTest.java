package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that write the same outputs at once: what is there in the end is one's whole
 * result, and each ends well or in a sentence.
 */
@DisabledOnOs(OS.WINDOWS)
class TwoRunsTest {
  private static final List<String> MODEL = List.of("model.json", "model.safetensors");

  @TempDir Path folder;
  private Path input;
  private byte[] inputBytes;
  private Path expected;
  private Path shared;

  @BeforeEach
  void input() throws IOException {
    input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    inputBytes = Files.readAllBytes(input);
    expected = Files.createDirectory(folder.resolve("expected"));
    shared = Files.createDirectory(folder.resolve("shared"));
  }

  private String[] train(Path out, Path model, int seed) {
    return new String[] {
      "train",
      input.toString(),
      "--out",
      out.toString(),
      "--model-dir",
      model.toString(),
      "--batch-key",
      "batch",
      "--n-hidden",
      "8",
      "--max-epochs",
      "20",
      "--seed",
      Integer.toString(seed),
      "--overwrite"
    };
  }

  /** Each with an output for its words of its own. */
  private List<Cli> both(String[] one, String[] other) throws Exception {
    Sandbox first = Sandbox.withProgram(folder.resolve("one")).forShortRuns();
    Sandbox second = Sandbox.withProgram(folder.resolve("other")).forShortRuns();
    Process a = first.start(first.root.resolve("regularizedvi"), folder, one);
    Process b = second.start(second.root.resolve("regularizedvi"), folder, other);
    return List.of(
        new Cli(a.waitFor(), first.out(), first.err()),
        new Cli(b.waitFor(), second.out(), second.err()));
  }

  private void assertLeft(String... names) throws IOException {
    assertThat(shared.toFile().list()).containsExactlyInAnyOrder(names);
    assertThat(Files.readAllBytes(input)).isEqualTo(inputBytes);
  }

  private static void assertSameModel(Path folder, Path as) throws IOException {
    for (String file : MODEL) {
      assertThat(Files.mismatch(folder.resolve(file), as.resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @Test
  void theSameCommandTwice() throws Exception {
    Path out = expected.resolve("out.h5ad");
    Path model = expected.resolve("model");
    assertThat(Cli.run((Object[]) train(out, model, 0)).code()).isZero();
    String[] command = train(shared.resolve("out.h5ad"), shared.resolve("model"), 0);
    List<Cli> ended = both(command, command);
    assertThat(ended).anyMatch(cli -> cli.code() == 0);
    for (Cli cli : ended) {
      if (cli.code() != 0) {
        assertThat(cli.refusal())
            .isEqualTo(
                "Another run keeps its checkpoints in %s; wait for its end, or choose another --model-dir."
                    .formatted(shared.resolve("model.checkpoint")));
      }
    }
    assertThat(Files.mismatch(shared.resolve("out.h5ad"), out)).isEqualTo(-1);
    assertSameModel(shared.resolve("model"), model);
    assertLeft("out.h5ad", "model");
  }

  @Test
  void differentTrainingsWithOneOutput() throws Exception {
    Path out = shared.resolve("out.h5ad");
    for (int seed = 0; seed < 2; seed++) {
      Path own = expected.resolve("out" + seed);
      assertThat(Cli.run((Object[]) train(own, expected.resolve("model" + seed), seed)).code())
          .isZero();
    }
    for (Cli cli :
        both(train(out, shared.resolve("model0"), 0), train(out, shared.resolve("model1"), 1))) {
      assertThat(cli.code()).as(cli.err()).isZero();
    }
    byte[] bytes = Files.readAllBytes(out);
    assertThat(Stream.of("out0", "out1").map(expected::resolve).map(TwoRunsTest::bytes))
        .contains(bytes);
    assertSameModel(shared.resolve("model0"), expected.resolve("model0"));
    assertSameModel(shared.resolve("model1"), expected.resolve("model1"));
    assertLeft("out.h5ad", "model0", "model1");
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
