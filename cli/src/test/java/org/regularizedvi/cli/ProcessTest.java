package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.model.Version;

/** The program as a process of its own, started by the launcher on the JVM of this test. */
@DisabledOnOs(OS.WINDOWS)
class ProcessTest {
  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void program() throws IOException {
    sandbox = new Sandbox(folder);
    sandbox.environment.put("JAVA_HOME", System.getProperty("java.home"));
    sandbox.environment.put("HOME", System.getProperty("user.home"));
    Path target = Files.createDirectories(sandbox.root.resolve("cli/target/lib")).getParent();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Path jar = target.resolve("regularizedvi-cli-0.1.0.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  @Test
  void theVersionIsBareAndStandardErrorEmpty() throws Exception {
    Cli cli = sandbox.run("--version");
    assertThat(cli).isEqualTo(new Cli(0, Version.current() + "\n", ""));
  }

  @Test
  void nothingButOurOwnWordsReachStandardError() throws Exception {
    Path input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Cli cli =
        sandbox.run(
            "train",
            input.toString(),
            "--batch-key",
            "batch",
            "--model-dir",
            folder.resolve("model").toString(),
            "--n-hidden",
            "8",
            "--max-epochs",
            "1");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err().lines()).allMatch(line -> line.matches("(training on|epoch|trained) .*"));
  }

  @Test
  void stoppedByTheSystemExitsWith143() throws Exception {
    Path input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Process process =
        sandbox.start(
            sandbox.root.resolve("regularizedvi"),
            folder,
            "train",
            input.toString(),
            "--batch-key",
            "batch",
            "--model-dir",
            folder.resolve("model").toString(),
            "--n-hidden",
            "8",
            "--max-epochs",
            "1000000");
    while (!sandbox.err().contains("training on") && process.isAlive()) {
      Thread.sleep(50);
    }
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(folder.resolve("model")).doesNotExist();
    assertThat(sandbox.err().lines()).hasSize(1);
  }
}
