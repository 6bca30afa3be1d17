package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.core.result.ModalityAttribution;
import org.regularizedvi.core.result.ModalityAttribution.LatentRange;

/** What is written of an attribution: names and numbers of the Python package's store. */
class AttributionTest {
  private static final FloatMatrix LATENT = matrix(1, -2, 3, 0, 0.5f, -1);

  private static FloatMatrix matrix(float... values) {
    return new FloatMatrix(2, 3, values);
  }

  private static ModalityAttribution modality(String name, int from, int end, float... values) {
    return new ModalityAttribution(name, matrix(values), Optional.of(new LatentRange(from, end)));
  }

  private static double[] column(List<Addition> additions, String name) {
    return additions.stream()
        .filter(a -> a.name().equals(name))
        .map(a -> ((Column.Numbers) ((Addition.ObsColumn) a).values()).values())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoModalities() {
    Attribution attribution =
        new Attribution(
            LATENT,
            List.of(
                modality("atac", 0, 1, 4, 2, 2, 0, 0, 0), modality("rna", 1, 3, 0, 1, 1, 1, 2, 3)));
    List<Addition> additions = attribution.additions();
    assertThat(additions)
        .extracting(Addition::name)
        .containsExactly(
            "X_multiVI_attr_atac",
            "atac_decoder_total_attr",
            "atac_decoder_own_attr",
            "X_multiVI_attr_rna",
            "rna_decoder_total_attr",
            "rna_decoder_own_attr",
            "log2_atac_vs_rna_attr");
    assertThat(((Addition.Obsm) additions.getFirst()).values().values())
        .containsExactly(4, -4, 6, 0, 0, -0f);
    assertThat(column(additions, "atac_decoder_total_attr")).containsExactly(8, 0);
    assertThat(column(additions, "atac_decoder_own_attr")).containsExactly(4, 0);
    assertThat(column(additions, "rna_decoder_own_attr")).containsExactly(2, 5);
    double[] ratio = column(additions, "log2_atac_vs_rna_attr");
    assertThat(ratio[0]).isCloseTo(2, within(1e-9));
    assertThat(ratio[1]).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void sharedDimensionsAreNobodysOwn() {
    Attribution attribution =
        new Attribution(
            LATENT,
            List.of(new ModalityAttribution("rna", matrix(1, 1, 1, 1, 1, 1), Optional.empty())));
    assertThat(attribution.additions())
        .extracting(Addition::name)
        .containsExactly("X_multiVI_attr_rna", "rna_decoder_total_attr");
  }

  @Test
  void sizesMustMatch() {
    assertThatThrownBy(() -> modality("rna", 2, 4, 1, 1, 1, 1, 1, 1))
        .hasMessageContaining("'rna' is not within 3");
    FloatMatrix small = new FloatMatrix(1, 3, new float[3]);
    assertThatThrownBy(
            () -> new Attribution(small, List.of(modality("rna", 0, 1, 1, 1, 1, 1, 1, 1))))
        .hasMessageContaining("2 x 3, the latent representation 1 x 3");
  }
}
