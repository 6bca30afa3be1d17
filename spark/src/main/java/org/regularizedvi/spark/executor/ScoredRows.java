package org.regularizedvi.spark.executor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.input.Window;
import org.regularizedvi.spark.input.Windows;
import org.regularizedvi.spark.question.Answer;
import org.regularizedvi.spark.question.AnswerColumns;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.Question;

/**
 * Asks a model about the cells of a piece as their answers are asked for, and gives a row for each
 * cell. All is given back when the task ends, however it does.
 */
final class ScoredRows implements Iterator<Row> {
  /** A file beside which layers lie until their rows are given; it is never written itself. */
  private static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"), "answers");

  private final Question question;
  private final RegularizedModel model;
  private final Windows windows;
  private Optional<Answered> answered = Optional.empty();

  /** Holds a window and what the model says of its cells. */
  private static final class Answered {
    private final Window window;
    private final Answer answer;
    private final AnswerColumns columns;
    private int done;

    private Answered(Window window, Answer answer) {
      this.window = window;
      this.answer = answer;
      this.columns = new AnswerColumns(answer.additions(), window);
    }

    private boolean more() {
      return done < window.size();
    }

    private Row next() {
      Object[] head = window.heads().get(done);
      Object[] values = Arrays.copyOf(head, head.length + columns.fields().size());
      columns.put(done++, values, head.length);
      return RowFactory.create(values);
    }
  }

  /** Opens the cells with the model that is to be asked about them. */
  interface Opener {
    Windows open(RegularizedModel model, Question question);
  }

  /**
   * Begins to ask.
   *
   * @param asked the question
   * @param opener opens the cells
   */
  ScoredRows(Asked asked, Opener opener) {
    this.question = asked.question();
    this.model = Tasks.model(question);
    this.windows = opener.open(model, question);
    Tasks.atEnd(
        () -> {
          giveUp();
          windows.close();
        });
  }

  private void giveUp() {
    answered.ifPresent(own -> own.answer.close());
    answered = Optional.empty();
  }

  @Override
  public boolean hasNext() {
    while (!answered.map(Answered::more).orElse(false)) {
      giveUp();
      if (!windows.hasNext()) {
        return false;
      }
      Window window = windows.next();
      answered = Optional.of(new Answered(window, question.answer(model, window, SCRATCH)));
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return answered.orElseThrow().next();
  }
}
