"""Loads two model.pt with torch and compares every tensor and all attributes that do not depend on a run."""
import sys

import numpy as np
import pandas as pd
import torch

OF_A_RUN = {
    "n_obs", "n_cells", "_scvi_uuid", "run_name_", "mod_key",
    "train_indices_", "test_indices_", "validation_indices_",
}


def compare(golden, found, where):
    if type(golden) is not type(found):
        raise SystemExit(f"{where}: {type(found)}, expected {type(golden)}")
    if isinstance(golden, dict):
        if set(golden) != set(found):
            raise SystemExit(f"{where}: differ in {sorted(map(str, set(golden) ^ set(found)))}")
        return sum(
            compare(golden[k], found[k], f"{where} {k}") for k in golden if k not in OF_A_RUN
        )
    if isinstance(golden, torch.Tensor):
        if golden.dtype != found.dtype or not torch.equal(golden, found):
            raise SystemExit(f"{where}: tensors differ")
    elif isinstance(golden, pd.DataFrame):
        # A history here has no epochs of its own for a metric that was not noted at each.
        pd.testing.assert_frame_equal(golden.reset_index(drop=True), found.reset_index(drop=True))
        if golden.index.name != found.index.name:
            raise SystemExit(f"{where}: the index is called {found.index.name}")
    elif isinstance(golden, np.ndarray):
        if golden.dtype != found.dtype or not np.array_equal(golden, found):
            raise SystemExit(f"{where}: arrays differ: {golden} {found}")
    elif golden != found:
        raise SystemExit(f"{where}: {found!r}, expected {golden!r}")
    return 1


golden, found = (torch.load(f, map_location="cpu", weights_only=False) for f in sys.argv[1:])
print(f"{compare(golden, found, '')} values are the same")
