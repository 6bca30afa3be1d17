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
 * Holds the keys as a user gives them, a list for each purpose; {@link #resolve} turns them into
 * the lists that the model uses. docs/keys.md says how to choose them.
 *
 * <p>{@code batchKey} alone stands for the ambient, dispersion and library size keys. Giving it
 * beside any of these three is an error, as is giving only some of the three. With none of the four
 * all cells are one group.
 *
 * @param batchKey stands for three other keys
 * @param ambientCovariateKeys columns whose groups share an ambient profile
 * @param nnConditioningCovariateKeys columns that the decoder is conditioned on
 * @param nnContinuousCovariateKeys columns of numbers that all networks get
 * @param featureScalingCovariateKeys columns whose groups share a scaling factor for each feature
 * @param dispersionKey the column whose groups share dispersions
 * @param librarySizeKey the column whose groups share a library size prior
 * @param encoderCovariateKeys columns that the encoders are conditioned on
 * @param sizeFactorKey a column of positive numbers that replace the learned library size
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

  /** Keeps copies, which nobody can change. */
  public CovariateKeys {
    ambientCovariateKeys = distinct(Purpose.AMBIENT.option(), ambientCovariateKeys);
    nnConditioningCovariateKeys =
        distinct(Purpose.NN_CONDITIONING.option(), nnConditioningCovariateKeys);
    nnContinuousCovariateKeys = distinct("nn_continuous_covariate_keys", nnContinuousCovariateKeys);
    featureScalingCovariateKeys =
        distinct(Purpose.FEATURE_SCALING.option(), featureScalingCovariateKeys);
    encoderCovariateKeys = distinct(Purpose.ENCODER.option(), encoderCovariateKeys);
  }

  /** {@return keys of which none is given yet} */
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
   * {@return the usual start for droplet protocols: one key for ambient RNA, dispersion and library
   * size}
   *
   * @param key the name of the column
   */
  public static CovariateKeys batch(String key) {
    return none().withBatchKey(key);
  }

  /**
   * {@return the same keys with another batch key}
   *
   * @param key the name of the column
   */
  public CovariateKeys withBatchKey(String key) {
    return Records.with(this, "batchKey", Optional.of(key));
  }

  /**
   * {@return the same keys with other keys for ambient RNA}
   *
   * @param keys the names of the columns
   */
  public CovariateKeys withAmbient(String... keys) {
    return Records.with(this, "ambientCovariateKeys", List.of(keys));
  }

  /**
   * {@return the same keys with other keys that the decoder is conditioned on}
   *
   * @param keys the names of the columns
   */
  public CovariateKeys withNnConditioning(String... keys) {
    return Records.with(this, "nnConditioningCovariateKeys", List.of(keys));
  }

  /**
   * {@return the same keys with other columns of numbers that all networks get}
   *
   * @param keys the names of the columns
   */
  public CovariateKeys withNnContinuous(String... keys) {
    return Records.with(this, "nnContinuousCovariateKeys", List.of(keys));
  }

  /**
   * {@return the same keys with other keys for the scaling of features}
   *
   * @param keys the names of the columns
   */
  public CovariateKeys withFeatureScaling(String... keys) {
    return Records.with(this, "featureScalingCovariateKeys", List.of(keys));
  }

  /**
   * {@return the same keys with another key for dispersions}
   *
   * @param key the name of the column
   */
  public CovariateKeys withDispersion(String key) {
    return Records.with(this, "dispersionKey", Optional.of(key));
  }

  /**
   * {@return the same keys with another key for the library size prior}
   *
   * @param key the name of the column
   */
  public CovariateKeys withLibrarySize(String key) {
    return Records.with(this, "librarySizeKey", Optional.of(key));
  }

  /**
   * {@return the same keys with other keys that the encoders are conditioned on}
   *
   * @param keys the names of the columns
   */
  public CovariateKeys withEncoder(String... keys) {
    return Records.with(this, "encoderCovariateKeys", List.of(keys));
  }

  /**
   * {@return the same keys with a column of size factors}
   *
   * @param key the name of the column
   */
  public CovariateKeys withSizeFactor(String key) {
    return Records.with(this, "sizeFactorKey", Optional.of(key));
  }

  /**
   * {@return whether neither {@code batch_key} nor any of the three keys that it stands for is
   * given, so that all cells are one group}
   */
  public boolean oneGroup() {
    return batchKey.isEmpty()
        && ambientCovariateKeys.isEmpty()
        && dispersionKey.isEmpty()
        && librarySizeKey.isEmpty();
  }

  /**
   * Applies the rules: {@code batch_key} stands for three purposes, without it and them {@link
   * CategoryMapping#ONE_GROUP} does, and feature scaling takes the conditioning keys when it has
   * none of its own.
   *
   * @return the keys of every purpose
   * @throws InputException when {@code batch_key} stands beside a purpose that it covers, or only
   *     some of these purposes have a key
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
    if (batchKey.isEmpty() && !given.isEmpty() && !missing.isEmpty()) {
      throw new InputException(
          "Give batch_key, or all of ambient_covariate_keys, dispersion_key and library_size_key, or none of these, which makes all cells one group: missing %s."
              .formatted(String.join(" and ", missing)));
    }
    Optional<String> all = oneGroup() ? Optional.of(CategoryMapping.ONE_GROUP) : batchKey;
    Map<Purpose, List<String>> keys = new LinkedHashMap<>();
    keys.put(Purpose.BATCH, batchKey.stream().toList());
    keys.put(Purpose.AMBIENT, all.map(List::of).orElse(ambientCovariateKeys));
    keys.put(Purpose.DISPERSION, List.of(all.or(() -> dispersionKey).orElseThrow()));
    keys.put(Purpose.LIBRARY_SIZE, List.of(all.or(() -> librarySizeKey).orElseThrow()));
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
