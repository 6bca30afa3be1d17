"""Runs scripts for tests, each in a copy of this process that has the large packages already: importing them takes longer than most
scripts do. Reads a line of JSON per script, [script, argument, ...], and answers with one, {"code": exit status, "text": output}."""

import json
import os
import runpy
import signal
import sys
import tempfile
import traceback
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import anndata  # noqa: F401
    import h5py  # noqa: F401
    import mudata  # noqa: F401
    import pandas  # noqa: F401
    import scipy.sparse  # noqa: F401
    import zarr  # noqa: F401


def be(script, arguments, output):
    """Becomes the script: what it prints goes to a file, and its end is the end of this process."""
    signal.alarm(600)  # seconds; a script that hangs fails its test
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    sys.argv = [script, *arguments]
    sys.path[0] = os.path.dirname(script)
    code = 0
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if code and not isinstance(end.code, int):
            print(end.code)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run(script, *arguments):
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            be(script, arguments, output)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        output.seek(0)
        return {"code": code, "text": output.read().decode("utf-8", "replace").strip()}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(*json.loads(line))), flush=True)
