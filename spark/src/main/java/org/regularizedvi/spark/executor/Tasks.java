package org.regularizedvi.spark.executor;

import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.input.FilesAsked;
import org.regularizedvi.spark.question.ModelQuestion;

/** Gives the task of this thread what it works with, and takes it back at the task's end. */
final class Tasks {
  private Tasks() {}

  /** Does something when the task ends, however it does. */
  static void atEnd(Runnable action) {
    TaskCompletionListener listener = _ -> action.run();
    TaskContext.get().addTaskCompletionListener(listener);
  }

  /** {@return the model of a question, which computes with as many threads as a task has cores} */
  static RegularizedModel model(ModelQuestion question) {
    Processor.setThreads(TaskContext.get().cpus());
    Shelf.Lent<RegularizedModel> lent = Held.model(question);
    atEnd(lent::close);
    return lent.open();
  }

  /** {@return open files, of which other tasks may read too} */
  static CellSource files(
      String job, FilesAsked files, RegularizedModel model, ModelQuestion question) {
    Shelf.Lent<CellSource> lent = Held.files(job, files, model, question);
    atEnd(lent::close);
    return lent.open();
  }
}
