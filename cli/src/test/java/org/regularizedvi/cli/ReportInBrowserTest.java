package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of hostile names in headless Chromium; needs node and npm. */
@Tag("long")
class ReportInBrowserTest {
  private static final Path SCRIPTS = Path.of("src/test/browser").toAbsolutePath();
  private static final String BATCH = "</script><script>alert(1)</script>";
  private static final String GENE = "<img src=x onerror=alert(2)> \"\uD83E\uDDEC\"\nline";

  @TempDir Path folder;

  private String run(Path where, List<String> command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectError(errors.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return out;
  }

  @Test
  void hostileNamesAreTextAndNothingLeavesTheFile() throws Exception {
    List<String> genes = new ArrayList<>(TinyData.genes());
    genes.set(3, GENE);
    Path input = TinyData.write(folder.resolve("cells.h5ad"), genes, BATCH, "b");
    Path page = folder.resolve("run.html");
    Cli cli =
        Cli.run(
            "train",
            input,
            "--model-dir",
            folder.resolve("model"),
            "--batch-key",
            "batch",
            "--n-hidden",
            16,
            "--n-latent",
            4,
            "--max-epochs",
            2,
            "--report",
            page);
    assertThat(cli.code()).as(cli.err()).isZero();
    Path tools = Path.of("target", "browser").toAbsolutePath();
    Files.createDirectories(tools);
    for (String file : List.of("package.json", "check_report.js")) {
      Files.write(tools.resolve(file), Files.readAllBytes(SCRIPTS.resolve(file)));
    }
    run(tools, List.of("npm", "install", "--no-audit", "--no-fund"));
    JsonNode found =
        new ObjectMapper()
            .readTree(run(tools, List.of("node", "check_report.js", page.toString())));
    assertThat(found.path("requests")).isEmpty();
    assertThat(found.path("errors")).isEmpty();
    assertThat(found.path("dialogs").asInt()).isZero();
    assertThat(found.path("strangers").asInt()).isZero();
    assertThat(found.path("unnamed").asInt()).isZero();
    assertThat(found.path("overflow").asInt()).isNotPositive();
    assertThat(found.path("title").asText()).isEqualTo("cells.h5ad");
    assertThat(texts(found.path("legend"))).containsExactlyInAnyOrder(BATCH, "b");
    assertThat(texts(found.path("options"))).contains(GENE);
    assertThat(found.path("recolours").asBoolean()).isTrue();
    assertThat(found.path("keyboard").asBoolean()).isTrue();
    assertThat(found.path("sorted").asInt()).isOne();
    assertThat(found.path("chosen").asText()).isEqualTo("true");
    assertThat(found.path("unreachable").asInt()).isZero();
    assertThat(found.path("nameless").asInt()).isZero();
    assertThat(found.path("untold").asInt()).isZero();
    assertThat(found.path("contrast").asDouble()).isGreaterThanOrEqualTo(3);
    assertThat(found.path("whiteSvg").asBoolean()).isTrue();
    assertThat(texts(found.path("saved"))).containsExactly("map.svg", "map.png", "map.csv");
  }

  private static List<String> texts(JsonNode nodes) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
