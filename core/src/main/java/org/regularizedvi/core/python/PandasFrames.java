package org.regularizedvi.core.python;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Reads and writes the tables of a history as a pickle has them: one column of numbers, one row per
 * epoch.
 */
final class PandasFrames {
  private PandasFrames() {}

  /** {@return the values of a table of one column} */
  static double[] column(Content frame) {
    Content blocks = frame.stateOf(PyNames.FRAME).get("_mgr").argument(PyNames.BLOCKS, 0);
    if (blocks.items().size() != 1) {
      throw frame.expected("a table of one column");
    }
    return NumpyArrays.numbers(blocks.item(0).argument(PyNames.BLOCK, 0));
  }

  /** {@return a table of one column, numbered from 0} */
  static PyValue frame(String column, double[] values) {
    PyValue none = new PyValue.Nothing();
    PyValue one = new PyValue.Whole(1);
    PyValue numbers =
        NumpyArrays.ofObjects(
            Arrays.stream(values).mapToObj(PyValue.Real::new).toList(), 1, values.length);
    PyValue block =
        PyValue.Made.call(
            PyNames.BLOCK,
            numbers,
            PyValue.Made.call(PyNames.SLICE, new PyValue.Whole(0), one, one),
            new PyValue.Whole(2));
    PyValue columns = index(NumpyArrays.ofTexts(List.of(column)), none);
    PyValue rows =
        index(
            NumpyArrays.ofLongs(LongStream.range(0, values.length).toArray()),
            new PyValue.Text("epoch"));
    PyValue manager =
        PyValue.Made.call(
            PyNames.BLOCKS, PyValue.Tuple.of(block), PyValue.Sequence.of(List.of(columns, rows)));
    return new PyValue.Made(new PyValue.Named(PyNames.FRAME), PyValue.Tuple.of(), true)
        .setState(
            new PyValue.Dict()
                .with("_mgr", manager)
                .with("_typ", new PyValue.Text("dataframe"))
                .with("_metadata", new PyValue.Sequence())
                .with("attrs", new PyValue.Dict())
                .with(
                    "_flags",
                    new PyValue.Dict().with("allows_duplicate_labels", new PyValue.Truth(true))));
  }

  private static PyValue index(PyValue values, PyValue name) {
    return PyValue.Made.call(
        PyNames.NEW_INDEX,
        new PyValue.Named(PyNames.INDEX),
        new PyValue.Dict().with("data", values).with("name", name));
  }
}
