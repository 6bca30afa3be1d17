package org.regularizedvi.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.core.Version;
import org.regularizedvi.formats.Formats;

/**
 * What packaging holds works with this program: the shell commands of the nf-core modules, those of
 * the conda recipe, and the versions that they name.
 */
@DisabledOnOs(OS.WINDOWS)
class PackagingTest {
  private static final Path PACKAGING = Path.of("..", "packaging").toAbsolutePath().normalize();
  private static final Path CELLS = PACKAGING.resolve("nf-core/testdata/cells.h5ad");
  private static final String TRAINING =
      "--batch-key batch --n-hidden 8 --n-latent 4 --max-epochs 2";

  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void program() throws IOException {
    sandbox = Sandbox.withProgram(folder).forShortRuns();
    sandbox.environment.merge("PATH", sandbox.root.toString(), (tools, root) -> root + ":" + tools);
    for (String tool : List.of("chmod", "cp")) {
      Sandbox.script(sandbox.tools.resolve(tool), "exec " + Sandbox.where(tool) + " \"$@\"");
    }
  }

  /**
   * The modules after one another, as a pipeline runs them; the training twice, to the same bits.
   */
  @Test
  void theScriptsOfTheModulesMakeTheirOutputs() throws Exception {
    Path first = run("train", "script", TRAINING, folder.resolve("first"));
    Path second = run("train", "script", TRAINING, folder.resolve("second"));
    for (String file : List.of("cells_latent.h5ad", "cells_model/model.safetensors")) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
    run("embed", "script", "", first);
    assertThat(latent(first.resolve("cells_embedded.h5ad")))
        .isEqualTo(latent(first.resolve("cells_latent.h5ad")));
    run("report", "script", "--obs batch", first);
  }

  @Test
  void theirStubsMakeFilesOfTheSameNames() throws Exception {
    for (String module : List.of("train", "embed", "report")) {
      run(module, "stub", "", folder.resolve(module));
    }
  }

  /** Runs a block of a module, and holds it to the outputs and versions that it promises. */
  private Path run(String module, String block, String options, Path in) throws Exception {
    Files.createDirectories(in);
    if (!Files.exists(in.resolve("cells.h5ad"))) {
      Files.copy(CELLS, in.resolve("cells.h5ad"));
    }
    Map<String, String> values = new HashMap<>();
    values.put("counts", "cells.h5ad");
    values.put("model", "cells_model");
    values.put("prefix", "cells");
    values.put("suffix", "h5ad");
    values.put("args", options);
    values.put("heap", "-Xmx1g");
    values.put("task.cpus", "2");
    values.put("task.process", "A:" + module);
    NfCoreModule own = NfCoreModule.read(module);
    shell(own.commands(block, values), in);
    assertThat(own.outputs(values)).hasSizeGreaterThan(1);
    for (String output : own.outputs(values)) {
      assertThat(matching(in, output)).as(output).isNotEmpty();
    }
    assertThat(in.resolve("versions.yml"))
        .hasContent("\"A:%s\":\n    regularizedvi: %s\n".formatted(module, Version.current()));
    return in;
  }

  private void shell(String commands, Path in) throws Exception {
    Path script = Files.writeString(in.resolve(".command.sh"), "set -euo pipefail\n" + commands);
    Process process = sandbox.start(script, in);
    assertThat(process.waitFor()).as(sandbox.err()).isZero();
  }

  private static List<Path> matching(Path in, String glob) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + in + "/" + glob);
    try (Stream<Path> files = Files.walk(in)) {
      return files.filter(matcher::matches).toList();
    }
  }

  private static float[] latent(Path file) {
    try (CellSource cells = Formats.open(file)) {
      return cells.obsm("X_regularizedvi").values();
    }
  }

  @Test
  void theCondaRecipeLaysTheProgramIntoAnEnvironment() throws Exception {
    Path prefix = Files.createDirectories(folder.resolve("prefix"));
    Path java = prefix.resolve("lib/jvm/bin/java");
    Files.createDirectories(java.getParent());
    Sandbox.script(java, "exec '%s/bin/java' \"$@\"".formatted(System.getProperty("java.home")));
    Files.createDirectories(sandbox.root.resolve("cli/target/native"));
    Path launcher = Path.of("cli", "src", "main", "launcher", "regularizedvi");
    Files.copy(Path.of("..").resolve(launcher), sandbox.root.resolve(launcher));
    sandbox.maven("");
    sandbox.environment.put("PREFIX", prefix.toString());
    shell(Files.readString(PACKAGING.resolve("conda/build.sh")), sandbox.root);
    assertThat(sandbox.mavenCalls()).hasSize(1);
    assertThat(Files.getPosixFilePermissions(prefix.resolve("bin/regularizedvi")))
        .isEqualTo(fromString("rwxr-xr-x"));
    Cli cli = sandbox.run(prefix.resolve("bin/regularizedvi"), "--version");
    assertThat(cli).isEqualTo(new Cli(0, Version.current() + "\n", ""));
  }

  /** The version of the build stands in recipe, modules and containers. */
  @Test
  void theVersionsAreThatOfTheBuild() throws IOException {
    String version = found("<version>([^<]+)</version>", Path.of("..", "pom.xml")).getFirst();
    assertThat(found("set version = \"(.+?)\"", PACKAGING.resolve("conda/meta.yaml")))
        .containsExactly(version);
    for (String module : List.of("train", "embed", "report")) {
      Path own = NfCoreModule.MODULES.resolve(module);
      assertThat(found("regularizedvi=([0-9.]+)", own.resolve("environment.yml")))
          .containsExactly(version);
      assertThat(
              found(
                  "container \"biocontainers/regularizedvi:([0-9.]+)--0\"", own.resolve("main.nf")))
          .containsExactly(version);
    }
  }

  private static List<String> found(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
