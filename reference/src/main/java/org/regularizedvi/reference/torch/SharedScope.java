package org.regularizedvi.reference.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;

/** Keeps the native objects that several threads make alive until all are done with them. */
public final class SharedScope implements AutoCloseable {
  private final List<PointerScope> scopes = new ArrayList<>();

  /**
   * Runs a body on the calling thread.
   *
   * @param body may make tensors, which live until this is closed
   */
  public void run(Runnable body) {
    try (PointerScope scope = new PointerScope()) {
      scope.extend(); // closed here for this thread, and once more with this
      synchronized (scopes) {
        scopes.add(scope);
      }
      body.run();
    }
  }

  @Override
  public void close() {
    scopes.forEach(PointerScope::close);
  }
}
