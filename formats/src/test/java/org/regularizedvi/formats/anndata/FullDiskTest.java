package org.regularizedvi.formats.anndata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/**
 * A disk that fills up is told and leaves the old target; here a limit on the size of files stands
 * in for it.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final int LIMIT_KIB = 600;
  private static final int WIDTH = 100_000;

  @TempDir Path folder;

  @Test
  void copyIsRefusedBeforeLibhdf5MeetsIt() throws Exception {
    Path input = Samples.write(folder);
    Path target = Files.writeString(folder.resolve("out.h5ad"), "mine");
    String told = limited("copy", input, target);
    assertThat(told).contains("InputException: There is no room for 2 MB in the folder " + folder);
    assertThat(target).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out.h5ad", "sample.h5ad");
  }

  @Test
  void failedWriteIsSurvived() throws Exception {
    String told = limited("write", folder.resolve("new.h5"), folder);
    assertThat(told).contains("InputException: Writing 'x' to").contains("File too large");
  }

  /** Runs {@link #main} in a JVM that may write small files only. */
  private static String limited(String what, Path a, Path b)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String line =
        "ulimit -f %d; exec '%s' -Xmx256m -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -cp '%s' %s %s '%s' '%s'"
            .formatted(
                LIMIT_KIB,
                java,
                System.getProperty("java.class.path"),
                FullDiskTest.class.getName(),
                what,
                a,
                b);
    Process process = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  /** Does what must fail, and prints how it did. */
  public static void main(String[] arguments) {
    Random random = new Random(1);
    float[] values = new float[3 * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt() & 0x7effffff);
    }
    Path first = Path.of(arguments[1]);
    try {
      if (arguments[0].equals("copy")) {
        Addition matrix = new Addition.Obsm("X", new FloatMatrix(3, WIDTH, values));
        AnnDataCopy.write(first, Path.of(arguments[2]), List.of(matrix), IfExists.REPLACE);
      } else {
        try (H5Output out = H5Output.create(first)) {
          out.floats("x", new long[] {values.length}, values, Storage.COMPRESSED);
        }
      }
      System.out.println("written");
    } catch (InputException e) {
      System.out.println("InputException: " + e.getMessage());
    }
  }
}
