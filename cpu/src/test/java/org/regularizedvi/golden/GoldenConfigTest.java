package org.regularizedvi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.MultimodalConfig;

/** The reader of golden cases' options against options that no case of today names. */
class GoldenConfigTest {
  private static MultimodalConfig read(String init) throws IOException {
    return GoldenConfig.of(new ObjectMapper().readTree(init), false);
  }

  @Test
  void optionsOfSingleModalitiesAreRead() throws IOException {
    MultimodalConfig config =
        read(
            """
            {"additive_background_modalities": ["atac"], "feature_scaling_modalities": ["rna"],
             "dispersion": {"rna": "gene", "atac": "gene-batch"}}
            """);
    assertThat(config.of("rna").generative().useAdditiveBackground()).isFalse();
    assertThat(config.of("atac").generative().useAdditiveBackground()).isTrue();
    assertThat(config.of("rna").generative().useFeatureScaling()).isTrue();
    assertThat(config.of("atac").generative().useFeatureScaling()).isFalse();
    assertThat(config.of("rna").generative().dispersion()).isEqualTo(Dispersion.GENE);
    assertThat(config.of("atac").generative().dispersion()).isEqualTo(Dispersion.GENE_BATCH);
  }

  @Test
  void whatTheModelDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> read("{\"use_magic\": true}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use_magic");
  }
}
