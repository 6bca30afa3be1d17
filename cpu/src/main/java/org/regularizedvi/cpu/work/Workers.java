package org.regularizedvi.cpu.work;

import org.regularizedvi.kernel.threads.Team;

/** Runs tasks on a team of threads and keeps count of where their time goes. */
public final class Workers implements AutoCloseable {
  private final Team team;
  private final PartTimes times;

  /**
   * Makes a team.
   *
   * @param size number of threads, the caller's included; at least 1
   */
  public Workers(int size) {
    team = new Team(size);
    times = new PartTimes(size);
  }

  /** {@return where the time of its tasks went} */
  public PartTimes times() {
    return times;
  }

  /** {@return the number of threads, the caller's included} */
  public int size() {
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
