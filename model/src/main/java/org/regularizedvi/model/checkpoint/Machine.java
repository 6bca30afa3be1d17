package org.regularizedvi.model.checkpoint;

import org.regularizedvi.model.torch.Processor;

/** What a model was trained on; neither its name nor its user's. */
public record Machine(String java, String os, String processor, int threads) {
  static Machine current() {
    return new Machine(
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Processor.name(),
        Processor.threads());
  }
}
