package org.regularizedvi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.reference.inference.DecoderDerivatives;

/** Attributions are those of the Python package's decoders, differentiated in double precision. */
final class AttributionGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().contains("multi_"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyEntryAgreesToFourDigits(Path path) throws IOException {
    List<String> modalities = GoldenDecoder.modalities(path);
    assertThat(modalities).hasSize(2);
    for (String name : modalities) {
      try (GoldenDecoder golden = new GoldenDecoder(path, name);
          DecoderDerivatives derivatives = new DecoderDerivatives(golden.modality, 2)) {
        FloatMatrix found =
            derivatives.of(
                new FloatMatrix(golden.cells, golden.latent, golden.z()),
                golden.exposure(),
                golden.covariates);
        double[] expected = golden.expected();
        assertThat(found.values()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) found.values()[i])
              .as("%s, %s [%d]", path.getFileName(), name, i)
              .isCloseTo(expected[i], Percentage.withPercentage(0.01));
        }
      }
    }
  }
}
