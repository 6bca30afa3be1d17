package org.regularizedvi.spark.training;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.util.AccumulatorV2;

/**
 * Brings what a task says to the driver, word by word, with the messages by which Spark's processes
 * tell that they live. Spark reads it while the task speaks.
 */
final class Said extends AccumulatorV2<Word, List<Word>> {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // the lists that List.of and Stream.toList make are serializable
  private volatile List<Word> words;

  /** Has said nothing. */
  Said() {
    this(List.of());
  }

  private Said(List<Word> words) {
    this.words = words;
  }

  @Override
  public boolean isZero() {
    return words.isEmpty();
  }

  @Override
  public AccumulatorV2<Word, List<Word>> copy() {
    return new Said(words);
  }

  @Override
  public void reset() {
    words = List.of();
  }

  @Override
  public synchronized void add(Word word) {
    words = Stream.concat(words.stream(), Stream.of(word)).toList();
  }

  @Override
  public synchronized void merge(AccumulatorV2<Word, List<Word>> other) {
    words = Stream.concat(words.stream(), other.value().stream()).toList();
  }

  @Override
  public List<Word> value() {
    return words;
  }
}
