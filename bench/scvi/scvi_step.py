"""Times training steps and embedding of scvi-tools' SCVI at the shape of StepBenchmark, on the CPU.

usage: scvi_step.py [cells=1024] [genes=20000] [hidden=512] [latent=128] [steps=3]
Counts are drawn as StepBenchmark draws its own: 8.5 % not zero, of these 62 % are 1 and 91 % at most 4.
"""

import logging
import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sp
import scvi
import torch

for name in ("lightning", "lightning.pytorch", "scvi"):
    logging.getLogger(name).setLevel(logging.ERROR)

args = dict(cells=1024, genes=20000, hidden=512, latent=128, steps=3)
args.update((k, int(v)) for k, v in (a.split("=") for a in sys.argv[1:]))
cells, genes = args["cells"], args["genes"]

rng = np.random.default_rng(1)


def draw(n):
    u = rng.random(n)
    tail = np.minimum(1000, np.floor(5 / np.maximum(1e-3, rng.random(n))))
    return np.where(u < 0.62, 1, np.where(u < 0.91, rng.integers(2, 5, n), tail))


x = sp.random(cells, genes, 0.085, format="csr", random_state=1, data_rvs=draw, dtype=np.float32)
a = anndata.AnnData(x, obs=pd.DataFrame({"batch": pd.Categorical(["a", "b"] * (cells // 2))},
                                        index=[str(i) for i in range(cells)]))
scvi.model.SCVI.setup_anndata(a, batch_key="batch")
model = scvi.model.SCVI(a, n_hidden=args["hidden"], n_latent=args["latent"])
module = model.module.train()
optimiser = torch.optim.Adam(module.parameters(), lr=1e-3, eps=0.01, weight_decay=1e-6)
batch = next(iter(model._make_data_loader(a, batch_size=cells)))
seconds = []
for _ in range(args["steps"] + 1):
    start = time.perf_counter()
    optimiser.zero_grad()
    _, _, loss = module(batch, loss_kwargs={"kl_weight": 1.0})
    loss.loss.backward()
    optimiser.step()
    seconds.append(time.perf_counter() - start)
print(f"SCVI {scvi.__version__}, torch {torch.__version__}, {torch.get_num_threads()} threads: "
      f"{1000 * statistics.median(seconds[1:]):.0f} ms a step")
model.is_trained_ = True
start = time.perf_counter()
model.get_latent_representation(batch_size=cells)
print(f"SCVI get_latent_representation: {cells / (time.perf_counter() - start):.0f} cells/s")
