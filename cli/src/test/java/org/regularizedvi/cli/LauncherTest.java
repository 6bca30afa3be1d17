package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher at the root, with JDKs and a Maven that only look like ones. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void sandbox() throws IOException {
    sandbox = new Sandbox(folder);
  }

  @Test
  void withoutJdkSaysWhatToInstall() throws Exception {
    sandbox.jdk("old", "17.0.2");
    Cli cli = sandbox.run("--version");
    assertThat(cli.mistake()).contains("JDK 25.0.3 or later", "JAVA_HOME", "Temurin");
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15, false",
    "25, false",
    "25.0.2, false",
    "25.0.2.1, false",
    "25-ea, false",
    "25.0.3, true",
    "25.0.10, true",
    "25.1.0, true",
    "26, true",
    "26-ea, true",
    "x, false"
  })
  void buildsThatCorruptArraysAreRefused(String version, boolean fits) throws Exception {
    Path jdk = sandbox.jdk("a jdk", version);
    Cli cli = sandbox.run("--print-jdk");
    assertThat(cli.code()).isEqualTo(fits ? 0 : 2);
    assertThat(cli.out()).isEqualTo(fits ? jdk + "\n" : "");
  }

  @Test
  void javaHomeComesFirstAndThePathLast() throws Exception {
    Path usual = sandbox.jdk("usual", "25.0.3");
    assertThat(sandbox.run("--print-jdk").out()).isEqualTo(usual + "\n");
    Path mine = Files.move(sandbox.jdk("mine", "25.0.4"), folder.resolve("mine"));
    sandbox.environment.put("JAVA_HOME", mine.toString());
    assertThat(sandbox.run("--print-jdk").out()).isEqualTo(mine + "\n");
    sandbox.environment.put("JAVA_HOME", sandbox.jdk("broken", "25.0.1").toString());
    assertThat(sandbox.run("--print-jdk").out()).isEqualTo(usual + "\n");
    sandbox.environment.put("REGULARIZEDVI_JDK_FOLDERS", "");
    Files.createSymbolicLink(sandbox.tools.resolve("javac"), mine.resolve("bin/javac"));
    assertThat(sandbox.run("--print-jdk").out()).isEqualTo(mine + "\n");
  }

  @Test
  void withoutMavenSaysWhatToInstall() throws Exception {
    sandbox.jdk("jdk", "25.0.3");
    assertThat(sandbox.run("--version").mistake()).contains("install Maven");
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    Path jdk = sandbox.jdk("jdk", "25.0.3");
    sandbox.maven("exit 0");
    assertThat(sandbox.run("--version").err())
        .isEqualTo("regularizedvi: building (first run only) ...\nother\n");
    assertThat(sandbox.run("--version").err()).isEqualTo("other\n");
    assertThat(sandbox.mavenCalls()).hasSize(1).first().asString().startsWith(jdk + " ");
    touch("model/src/main/java/A.java");
    assertThat(sandbox.run("--version").err())
        .isEqualTo("regularizedvi: building (the sources have changed) ...\nother\n");
    assertThat(sandbox.mavenCalls()).hasSize(2);
  }

  @Test
  void whatTheProgramIsBuiltWithoutIsNoReasonToBuild() throws Exception {
    sandbox.jdk("jdk", "25.0.3");
    sandbox.maven("exit 0");
    sandbox.run("--version");
    for (String file :
        List.of(
            "cli/src/test/java/B.java",
            "cli/target/B.class",
            "reference/pom.xml",
            "reference/src/main/java/B.java")) {
      Files.createDirectories(sandbox.root.resolve(file).getParent());
      Files.writeString(sandbox.root.resolve(file), "");
      touch(file);
    }
    sandbox.run("--version");
    assertThat(sandbox.mavenCalls()).hasSize(1);
  }

  @Test
  void aFailedBuildShowsItsLogAndIsTriedAgain() throws Exception {
    sandbox.jdk("jdk", "25.0.3");
    sandbox.maven("rm cli/target/*.jar; echo 'cannot find symbol'; exit 1");
    Cli cli = sandbox.run("--version");
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).contains("cannot find symbol", "the build failed", "build.log");
    sandbox.run("--version");
    assertThat(sandbox.mavenCalls()).hasSize(2);
  }

  @Test
  void theLockOfADeadBuildIsTakenOver() throws Exception {
    sandbox.jdk("jdk", "25.0.3");
    sandbox.maven("exit 0");
    Files.createDirectories(sandbox.root.resolve("cli/target"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = sandbox.root.resolve("cli/target/build.lock");
    Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));
    assertThat(sandbox.run("--version").code()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void handsOnArgumentsAndJavaOptions() throws Exception {
    sandbox.jdk("jdk", "25.0.3");
    sandbox.maven("exit 0");
    sandbox.environment.put("JAVA_OPTS", "-Xmx2g -Da=*");
    sandbox.environment.put("OPENBLAS_CORETYPE", "Haswell");
    Path link =
        Files.createSymbolicLink(folder.resolve("a link"), Path.of("a project/regularizedvi"));
    Cli cli = sandbox.run(link, "train", "my file.h5ad", "--layer", "", "*");
    assertThat(cli.out())
        .contains("<--add-modules=jdk.incubator.vector>", "<-Xmx2g><-Da=*><-cp>")
        .contains("<org.regularizedvi.cli.Main><train><my file.h5ad><--layer><><*>")
        .contains(sandbox.root.toRealPath() + "/cli/target/lib/*:")
        .contains("coretype=unset");
  }

  private void touch(String file) throws IOException {
    Files.setLastModifiedTime(
        sandbox.root.resolve(file), FileTime.from(Instant.now().plusSeconds(5)));
  }
}
