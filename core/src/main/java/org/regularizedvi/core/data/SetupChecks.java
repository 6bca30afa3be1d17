package org.regularizedvi.core.data;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Checks what options and data must have in common, and warns of what is allowed but may not be
 * wanted.
 */
public final class SetupChecks {
  private static final int FEW_CELLS = 3;

  private SetupChecks() {}

  /**
   * Checks the cells that a new model will be trained on.
   *
   * @param data the cells
   * @param config the options of the model
   * @param warnings is told, in one sentence for each, what works but may not be wanted
   * @throws InputException when the options need a key that is not given
   */
  public static void run(CellData data, ModelConfig config, Consumer<String> warnings) {
    if (config.generative().useBatchInDecoder() && data.schema().keys().batchKey().isEmpty()) {
      throw new InputException("use_batch_in_decoder needs batch_key, which is not given.");
    }
    if (data.schema().keys().oneGroup()) {
      warnings.accept(
          "no batch_key is given, so all cells are one group with one ambient profile and one library size prior; where they come from several samples, name the column that says from which.");
    }
    if (!data.schema().keys().encoderCovariateKeys().isEmpty()) {
      warnings.accept(
          "encoder_covariate_keys %s go into the encoder: the latent representation can then hold what these keys describe."
              .formatted(data.schema().keys().encoderCovariateKeys()));
    }
    if (config.network().libraryNHidden() > NetworkConfig.WIDE_LIBRARY_ENCODER) {
      warnings.accept(
          "library_n_hidden %d is above %d: a wide library encoder can absorb biological signal."
              .formatted(config.network().libraryNHidden(), NetworkConfig.WIDE_LIBRARY_ENCODER));
    }
    warnOfFractions(data, warnings);
    data.facts().forEach(facts -> warnOfEmpty(facts, data, warnings));
    warnOfSmallGroups(data, _ -> 0, warnings);
  }

  /**
   * Checks cells with new categories, for a model that exists.
   *
   * @param data the cells
   * @param known the categories that the model knew before
   * @param warnings is told, in one sentence for each, what works but may not be wanted
   */
  public static void extension(CellData data, Schema known, Consumer<String> warnings) {
    warnOfFractions(data, warnings);
    warnOfSmallGroups(data, key -> known.mappings().get(key).size(), warnings);
  }

  private static void warnOfFractions(CellData data, Consumer<String> warnings) {
    for (ModalityCounts modality : data.modalities()) {
      if (modality.counts().fractional()) {
        warnings.accept(
            "%s holds counts%s that are not whole numbers; the likelihood is meant for raw counts."
                .formatted(data.source(), ModalityCounts.of(modality.name())));
      }
      long rounded = modality.counts().rounded();
      if (rounded > 0) {
        warnings.accept(
            "%s holds %s%s a hair off %s in %s place."
                .formatted(
                    data.source(),
                    Amount.of(rounded, "count"),
                    ModalityCounts.of(modality.name())
                        + Amount.word(rounded, " that is", " that are"),
                    Amount.word(
                        rounded,
                        "a whole number, which is taken",
                        "whole numbers, which are taken"),
                    Amount.word(rounded, "its", "their")));
      }
    }
  }

  /** Warns of cells without counts, which in a model of several modalities lack the modality. */
  private static void warnOfEmpty(InputFacts facts, CellData data, Consumer<String> warnings) {
    String where = ModalityCounts.of(facts.name());
    if (facts.emptyCells() > 0) {
      warnings.accept(
          data.modalities().size() > 1
              ? "%,d of %s%s; %s taken to lack it."
                  .formatted(
                      facts.emptyCells(),
                      empty(facts.emptyCells(), Amount.of(facts.cells(), "cell")),
                      where,
                      Amount.word(facts.emptyCells(), "it is", "they are"))
              : "%,d of %s%s; %s."
                  .formatted(
                      facts.emptyCells(),
                      empty(facts.emptyCells(), Amount.of(facts.cells(), "cell")),
                      where,
                      Amount.word(
                          facts.emptyCells(),
                          "it is kept, but nothing is known of it",
                          "they are kept, but nothing is known of them")));
    }
    if (facts.emptyFeatures() > 0) {
      warnings.accept(
          "%,d of %s in any cell%s; %s time for nothing."
              .formatted(
                  facts.emptyFeatures(),
                  empty(facts.emptyFeatures(), Amount.of(facts.features(), "feature")),
                  where,
                  Amount.word(
                      facts.emptyFeatures(), "it is kept, and costs", "they are kept, and cost")));
    }
  }

  private static String empty(long number, String ofAll) {
    return ofAll + Amount.word(number, " has no counts", " have no counts");
  }

  /**
   * @param first for each key the first category that is looked at
   */
  private static void warnOfSmallGroups(
      CellData data, ToIntFunction<String> first, Consumer<String> warnings) {
    for (Purpose purpose :
        List.of(
            Purpose.AMBIENT,
            Purpose.DISPERSION,
            Purpose.NN_CONDITIONING,
            Purpose.FEATURE_SCALING,
            Purpose.ENCODER)) {
      int[][] codes = data.covariates().codes(purpose);
      List<CategoryMapping> mappings = data.schema().of(purpose);
      for (int k = 0; k < codes.length; k++) {
        int[] cells = new int[mappings.get(k).size()];
        for (int code : codes[k]) {
          cells[code]++;
        }
        for (int c = first.applyAsInt(mappings.get(k).key()); c < cells.length; c++) {
          if (cells[c] < FEW_CELLS) {
            warnings.accept(
                "%s: category '%s' of '%s' has only %s, too few to learn from; merge it with another category."
                    .formatted(
                        purpose.option(),
                        mappings.get(k).categories().get(c),
                        mappings.get(k).key(),
                        Amount.of(cells[c], "cell")));
          }
        }
      }
    }
  }
}
