package org.regularizedvi.cells.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * The keys as a user gives them, one list a purpose; {@link #resolve} turns them into the lists
 * that the model uses.
 *
 * <p>{@code batchKey} alone stands for the ambient, dispersion and library size keys; giving it
 * beside any of these three is an error, as is giving neither.
 */
public record CovariateKeys(
    @Option(help = "The sample or well: short for ambient, dispersion and library size keys in one")
        Optional<String> batchKey,
    @Option(help = "Cells that share an ambient RNA profile, e.g. droplet well or lysis batch")
        List<String> ambientCovariateKeys,
    @Option(help = "Multiplicative effects that the decoder corrects, e.g. donor,site,chemistry")
        List<String> nnConditioningCovariateKeys,
    @Option(help = "Numeric columns that encoder and decoder see")
        List<String> nnContinuousCovariateKeys,
    @Option(help = "Groups with a scaling factor per gene", standard = "the conditioning keys")
        List<String> featureScalingCovariateKeys,
    @Option(help = "Groups with an overdispersion per gene") Optional<String> dispersionKey,
    @Option(help = "Groups with a library size prior each, e.g. well or amplification batch")
        Optional<String> librarySizeKey,
    @Option(help = "Groups that the encoder sees; rarely wanted, as it lets batch into the latent")
        List<String> encoderCovariateKeys,
    @Option(help = "Positive numbers that take the place of the learned library size")
        Optional<String> sizeFactorKey) {

  public CovariateKeys {
    ambientCovariateKeys = distinct(Purpose.AMBIENT.option(), ambientCovariateKeys);
    nnConditioningCovariateKeys =
        distinct(Purpose.NN_CONDITIONING.option(), nnConditioningCovariateKeys);
    nnContinuousCovariateKeys = distinct("nn_continuous_covariate_keys", nnContinuousCovariateKeys);
    featureScalingCovariateKeys =
        distinct(Purpose.FEATURE_SCALING.option(), featureScalingCovariateKeys);
    encoderCovariateKeys = distinct(Purpose.ENCODER.option(), encoderCovariateKeys);
  }

  /** Keys of which none is given yet. */
  public static CovariateKeys none() {
    return new CovariateKeys(
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /**
   * The usual start for droplet protocols: one key for ambient RNA, dispersion and library size.
   */
  public static CovariateKeys batch(String key) {
    return none().withBatchKey(key);
  }

  public CovariateKeys withBatchKey(String key) {
    return Records.with(this, "batchKey", Optional.of(key));
  }

  public CovariateKeys withAmbient(String... keys) {
    return Records.with(this, "ambientCovariateKeys", List.of(keys));
  }

  public CovariateKeys withNnConditioning(String... keys) {
    return Records.with(this, "nnConditioningCovariateKeys", List.of(keys));
  }

  public CovariateKeys withNnContinuous(String... keys) {
    return Records.with(this, "nnContinuousCovariateKeys", List.of(keys));
  }

  public CovariateKeys withFeatureScaling(String... keys) {
    return Records.with(this, "featureScalingCovariateKeys", List.of(keys));
  }

  public CovariateKeys withDispersion(String key) {
    return Records.with(this, "dispersionKey", Optional.of(key));
  }

  public CovariateKeys withLibrarySize(String key) {
    return Records.with(this, "librarySizeKey", Optional.of(key));
  }

  public CovariateKeys withEncoder(String... keys) {
    return Records.with(this, "encoderCovariateKeys", List.of(keys));
  }

  public CovariateKeys withSizeFactor(String key) {
    return Records.with(this, "sizeFactorKey", Optional.of(key));
  }

  /**
   * Returns the keys of every purpose, after the rules: {@code batch_key} fans out to three
   * purposes, feature scaling takes the conditioning keys when it has none of its own.
   *
   * @throws InputException when {@code batch_key} stands beside a purpose that it covers, or a
   *     purpose has no key
   */
  public Map<Purpose, List<String>> resolve() {
    List<String> given = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    (ambientCovariateKeys.isEmpty() ? missing : given).add(Purpose.AMBIENT.option());
    (dispersionKey.isEmpty() ? missing : given).add(Purpose.DISPERSION.option());
    (librarySizeKey.isEmpty() ? missing : given).add(Purpose.LIBRARY_SIZE.option());
    if (batchKey.isPresent() && !given.isEmpty()) {
      throw new InputException(
          "batch_key and the purpose keys exclude each other: batch_key=%s stands for ambient_covariate_keys, dispersion_key and library_size_key, but %s is given as well; use one way or the other."
              .formatted(batchKey.get(), String.join(" and ", given)));
    }
    if (batchKey.isEmpty() && !missing.isEmpty()) {
      throw new InputException(
          "Give batch_key, or all of ambient_covariate_keys, dispersion_key and library_size_key: missing %s."
              .formatted(String.join(" and ", missing)));
    }
    Map<Purpose, List<String>> keys = new LinkedHashMap<>();
    keys.put(Purpose.BATCH, batchKey.stream().toList());
    keys.put(Purpose.AMBIENT, batchKey.map(List::of).orElse(ambientCovariateKeys));
    keys.put(Purpose.DISPERSION, List.of(batchKey.or(() -> dispersionKey).orElseThrow()));
    keys.put(Purpose.LIBRARY_SIZE, List.of(batchKey.or(() -> librarySizeKey).orElseThrow()));
    keys.put(Purpose.NN_CONDITIONING, nnConditioningCovariateKeys);
    keys.put(
        Purpose.FEATURE_SCALING,
        featureScalingCovariateKeys.isEmpty()
            ? nnConditioningCovariateKeys
            : featureScalingCovariateKeys);
    keys.put(Purpose.ENCODER, encoderCovariateKeys);
    return keys;
  }

  private static List<String> distinct(String option, List<String> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.subList(0, i).contains(keys.get(i))) {
        throw new InputException("%s names the key '%s' twice.".formatted(option, keys.get(i)));
      }
    }
    return List.copyOf(keys);
  }
}
