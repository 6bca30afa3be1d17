"""time_to_fit.py CELLS.h5ad [--batch KEY] [--genes 2000] [--work FOLDER] [OPTION OF TRAIN...]: seconds from the shell to a fitted model.

The program with its default options against scvi-tools' SCVI with its own, on the nine tenths of the cells that fit.py
trains on; of both, how well the other tenth is explained (log-likelihood in nats per cell, higher is better). SCVI's
time is told as a whole and without the imports. Each is a process of its own, one after the other.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(os.environ.get("REGULARIZEDVI_ROOT", Path(__file__).parents[2]))


def scvi(trained, test, batch):
    import anndata
    import numpy as np
    import scipy.sparse as sp
    import scvi

    cells, held_out = (
        anndata.AnnData(sp.csr_matrix(one.X, dtype=np.float32), obs=one.obs) for one in map(anndata.read_h5ad, (trained, test))
    )
    start = time.perf_counter()
    scvi.model.SCVI.setup_anndata(cells, batch_key=batch or None)
    model = scvi.model.SCVI(cells)
    model.train(train_size=1.0, accelerator="cpu", enable_progress_bar=False, logger=False)
    seconds = time.perf_counter() - start
    likelihood = -abs(float(model.get_reconstruction_error(held_out)["reconstruction_loss"]))
    print(json.dumps(dict(seconds=seconds, epochs=int(model.trainer.current_epoch), log_likelihood=likelihood)))


def ours(trained, test, batch, work, options):
    launcher, model = ROOT / "regularizedvi", work / "model"
    keys = ["--batch-key", batch, "--nn-conditioning-covariate-keys", batch] if batch else []
    start = time.perf_counter()
    subprocess.run([launcher, "train", trained, "--model-dir", model, "--overwrite", *keys, *options], check=True)
    seconds = time.perf_counter() - start
    found = subprocess.run([launcher, "evaluate", test, "--model-dir", model], check=True, capture_output=True, text=True)
    print(f"regularizedvi: {seconds:.1f} s, log-likelihood {-json.loads(found.stdout)['reconstruction']:.1f}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "scvi":
        scvi(*sys.argv[2:])
        sys.exit()
    from datasets import Set, split

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cells", type=Path)
    parser.add_argument("--batch", default="")
    parser.add_argument("--genes", type=int, default=2000)
    parser.add_argument("--work", type=Path, default=Path("fit-work"))
    arguments, options = parser.parse_known_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    cut = split(Set(arguments.cells.stem, (arguments.cells,), "", arguments.batch, True, [], []), arguments.genes, arguments.work)
    print(f"{(~cut.held_out).sum()} cells trained on, {cut.held_out.sum()} held out, {cut.cells.n_vars} genes", flush=True)
    subprocess.run([ROOT / "regularizedvi", "--version"], check=True)  # builds it if need be
    ours(cut.train, cut.test, arguments.batch, arguments.work, options)
    start = time.perf_counter()
    command = [sys.executable, __file__, "scvi", cut.train, cut.test, arguments.batch]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    whole = time.perf_counter() - start
    found = json.loads(told.splitlines()[-1])
    print(f"SCVI: {whole:.1f} s, of them {found['seconds']:.1f} s in its {found['epochs']} epochs, "
          f"log-likelihood {found['log_likelihood']:.1f}")  # fmt: skip
