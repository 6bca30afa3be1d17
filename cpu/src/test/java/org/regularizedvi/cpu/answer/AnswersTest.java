package org.regularizedvi.cpu.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.ExpectedTotals;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * What users ask of a model against the reference engine, for models of all options, which JUnit
 * closes.
 */
final class AnswersTest {
  /** Of float32 sums over two layers of a few dozen units in another order. */
  private static final double TOLERANCE = 1e-5;

  private static final Products PRODUCTS = Products.here();

  static List<AskedModel> models() {
    return AskedModel.all().toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void decodedCells(AskedModel asked) {
    Covariates covariates = asked.covariates();
    for (ModalitySpec spec : asked.model().spec().modalities()) {
      CellDecoder expected = asked.reference().decoder(spec.index());
      CellDecoder found = BlockDecoder.of(spec, asked.model().parameters(), PRODUCTS);
      FloatMatrix z = asked.normals(spec.jointLatent(), 3);
      float[] library = asked.normals(1, 4).values();
      int[] some = {700, 3, 699, 4, 5, spec.features() - 1, 0};
      CellDecoder few = found.only(some);
      close(expected.scale(z, covariates), found.scale(z, covariates));
      close(expected.rate(z, library, covariates), found.rate(z, library, covariates));
      close(expected.nativeRate(z, library, covariates), found.nativeRate(z, library, covariates));
      close(expected.scaling(covariates), found.scaling(covariates));
      close(expected.dispersion(z, library, covariates), found.dispersion(z, library, covariates));
      if (spec.generative().useAdditiveBackground()) {
        close(expected.background(covariates), found.background(covariates));
      }
      close(
          new FloatMatrix(library.length, 1, expected.exposure(library)),
          new FloatMatrix(library.length, 1, found.exposure(library)));
      assertThat(few.rate(z, library, covariates).values())
          .isEqualTo(chosen(found.rate(z, library, covariates), some));
      assertThat(few.dispersion(z, library, covariates).values())
          .isEqualTo(chosen(found.dispersion(z, library, covariates), some));
    }
  }

  /** Chosen features have the bits that they have among all. */
  private static float[] chosen(FloatMatrix all, int[] places) {
    float[] values = new float[all.rows() * places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.at(i / places.length, places[i % places.length]);
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("models")
  void decodedDraws(AskedModel asked) {
    ModalitySpec spec = asked.model().spec().modalities().getLast();
    FloatMatrix z = asked.normals(spec.jointLatent(), 5);
    Covariates covariates = asked.covariates();
    CellDecoder decoder = BlockDecoder.of(spec, asked.model().parameters(), PRODUCTS);
    try (DecodedDraws expected = asked.reference().decoder(spec.index()).draws(2 * z.rows());
        DecodedDraws found = decoder.draws(2 * z.rows())) {
      for (DecodedDraws draws : List.of(expected, found)) {
        draws.decode(0, z, covariates);
        draws.decode(z.rows(), z, covariates);
      }
      close(
          new FloatMatrix(400, 2 * z.rows(), expected.scale(100, 500)),
          new FloatMatrix(400, 2 * z.rows(), found.scale(100, 500)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void derivatives(AskedModel asked) {
    for (ModalitySpec spec : asked.model().spec().modalities()) {
      FloatMatrix z = asked.normals(spec.jointLatent(), 6);
      float[] library = asked.normals(1, 7).values();
      try (LatentDerivatives expected = asked.reference().derivatives(spec.index());
          LatentDerivatives one = derivatives(asked, spec, 1);
          LatentDerivatives three = derivatives(asked, spec, 3)) {
        FloatMatrix found = one.of(z, library, asked.covariates());
        close(expected.of(z, library, asked.covariates()), found);
        assertThat(three.of(z, library, asked.covariates()).values()).isEqualTo(found.values());
      }
    }
  }

  private static LatentDerivatives derivatives(AskedModel asked, ModalitySpec spec, int threads) {
    return new DecoderDerivatives(spec, asked.model().parameters(), PRODUCTS, threads);
  }

  @ParameterizedTest
  @MethodSource("models")
  void joinedParts(AskedModel asked) {
    List<FloatMatrix> parts = new ArrayList<>();
    asked
        .reference()
        .encoder()
        .encode(asked.minibatch())
        .latents()
        .forEach(q -> parts.add(asked.normals(q.mean().columns(), parts.size())));
    Presence presence = Presence.of(asked.minibatch());
    JoinedParts found = new JoinedParts(asked.model().spec(), asked.model().parameters(), PRODUCTS);
    close(asked.reference().jointLatent().of(parts, presence), found.of(parts, presence));
    close(
        asked.reference().jointLatent().softmax(parts.getFirst()), found.softmax(parts.getFirst()));
    Optional<FloatMatrix> weights = asked.reference().jointLatent().weights(parts, presence);
    Optional<FloatMatrix> own = found.weights(parts, presence);
    assertThat(own.isPresent()).isEqualTo(weights.isPresent());
    weights.ifPresent(expected -> close(expected, own.orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void encodedCells(AskedModel asked) {
    try (CellEncoder encoder = new NetworkEncoder(asked.model(), PRODUCTS, 2)) {
      Posteriors found = encoder.encode(asked.minibatch());
      close(asked.reference().encoder().encode(asked.minibatch()), found);
      Posteriors alone = encoder.encode(asked.minibatch().rows(5, 9));
      for (int e = 0; e < found.latents().size(); e++) {
        assertThat(alone.latents().get(e).mean().values())
            .isEqualTo(found.latents().get(e).mean().rows(5, 9).values());
        assertThat(alone.latents().get(e).variance().values())
            .isEqualTo(found.latents().get(e).variance().rows(5, 9).values());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void passes(AskedModel asked) {
    Minibatch minibatch = asked.minibatch();
    int last = asked.model().spec().modalities().size() - 1; // the one with a background
    try (Evaluator reference = asked.reference().evaluator();
        Evaluator own = new NetworkEvaluator(asked.model(), PRODUCTS, 2)) {
      for (int step = 0; step < 2; step++) {
        Noise noise = new CounterNoise(new CounterRandom(3), step, minibatch.cells());
        try (EvaluationPass expected = reference.pass(minibatch, noise);
            EvaluationPass found = own.pass(minibatch, noise)) {
          assertThat(found.sums().nats().keySet()).isEqualTo(expected.sums().nats().keySet());
          for (CellTerm term : expected.sums().nats().keySet()) {
            near(expected.sums().of(term), found.sums().of(term));
          }
          close(expected.reconstructionN(), found.reconstructionN());
          close(expected.reconstructionOf(), found.reconstructionOf());
          close(expected.latentDivergence().sumK(), found.latentDivergence().sumK());
          close(expected.latentDivergence().largestK(), found.latentDivergence().largestK());
          near(expected.latentDivergence().activeDims(), found.latentDivergence().activeDims());
          close(expected.posteriors(), found.posteriors());
          for (int m = 0; m <= last; m++) {
            close(
                expected.decoded(m).reconstructionG(3, 30),
                found.decoded(m).reconstructionG(3, 30));
          }
          ExpectedTotals totals = expected.decoded(last).totals(2, 20);
          ExpectedTotals ownTotals = found.decoded(last).totals(2, 20);
          close(column(totals.nativeN()), column(ownTotals.nativeN()));
          close(totals.backgroundNC(), ownTotals.backgroundNC());
        }
        List<FloatMatrix> rates = reference.rates(minibatch, noise);
        List<FloatMatrix> ownRates = own.rates(minibatch, noise);
        for (int m = 0; m <= last; m++) {
          close(rates.get(m), ownRates.get(m));
        }
      }
    }
  }

  private static void close(Posteriors expected, Posteriors found) {
    assertThat(found.latents()).hasSameSizeAs(expected.latents());
    assertThat(found.libraries()).hasSameSizeAs(expected.libraries());
    for (int e = 0; e < expected.latents().size(); e++) {
      means(expected.latents().get(e).mean(), found.latents().get(e).mean());
      close(expected.latents().get(e).variance(), found.latents().get(e).variance());
    }
    for (int m = 0; m < expected.libraries().size(); m++) {
      means(expected.libraries().get(m).mean(), found.libraries().get(m).mean());
      close(expected.libraries().get(m).variance(), found.libraries().get(m).variance());
    }
  }

  /** Means may be near 0, where sums have cancelled: they are measured by the largest of all. */
  private static void means(FloatMatrix expected, FloatMatrix found) {
    double size = 0;
    for (float value : expected.values()) {
      size = Math.max(size, Math.abs(value));
    }
    assertThat(found.values())
        .containsExactly(expected.values(), within((float) (TOLERANCE * size)));
  }

  private static void near(double expected, double found) {
    assertThat(found).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
  }

  private static void close(double[] expected, double[] found) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      near(expected[i], found[i]);
    }
  }

  private static FloatMatrix column(float[] values) {
    return new FloatMatrix(values.length, 1, values);
  }

  /** Differences are measured by the largest number of a row, of which sums lose digits. */
  private static void close(FloatMatrix expected, FloatMatrix found) {
    assertThat(found.rows()).isEqualTo(expected.rows());
    assertThat(found.columns()).isEqualTo(expected.columns());
    double worst = 0;
    for (int n = 0; n < expected.rows(); n++) {
      float[] row = expected.rows(n, n + 1).values();
      double size = 0;
      for (float value : row) {
        size = Math.max(size, Math.abs(value));
      }
      for (int c = 0; c < row.length; c++) {
        double away = Math.abs(row[c] - found.at(n, c));
        worst = Math.max(worst, away == 0 ? 0 : away / Math.min(size, 10 * Math.abs(row[c])));
      }
    }
    assertThat(worst).isLessThan(TOLERANCE);
    assertThat(Arrays.equals(expected.values(), new float[expected.values().length])).isFalse();
  }
}
