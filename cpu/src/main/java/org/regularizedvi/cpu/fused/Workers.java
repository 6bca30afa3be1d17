package org.regularizedvi.cpu.fused;

import org.regularizedvi.kernel.threads.Team;
import org.regularizedvi.reference.torch.LibraryThreads;

/**
 * Runs tasks on a team of threads that call libtorch with a single library thread each: no barriers
 * within a product, no second pool that competes for the cores. It keeps count of where their time
 * goes.
 */
public final class Workers implements AutoCloseable {
  private final Team team;
  private final PartTimes times;

  /**
   * Makes a team.
   *
   * @param size number of threads, the caller's included; at least 1
   */
  public Workers(int size) {
    team = new Team(size, LibraryThreads::one);
    times = new PartTimes(size);
    LibraryThreads.set(1);
  }

  PartTimes times() {
    return times;
  }

  int size() {
    return team.size();
  }

  /**
   * Runs tasks {@code 0 .. tasks-1}, each once, on whichever worker is free; the caller is worker
   * 0.
   *
   * @param tasks number of tasks
   * @param task gets the number of the worker that runs it and its own
   */
  public void run(int tasks, Team.Task task) {
    team.run(tasks, task);
  }

  @Override
  public void close() {
    team.close();
  }
}
