"""What simpler and other models make of the same cells: PCA of log counts, and scvi-tools' SCVI with its defaults."""

import time

import anndata
import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import PCA

from datasets import log_counts, modalities


def pca(one, split, seed):
    """The 30 first components of log(1 + counts per 10,000), found from the trained cells; of each modality its own."""
    start, parts = time.perf_counter(), []
    for table in modalities(split.cells).values():
        logs = log_counts(table)
        parts.append(PCA(30, svd_solver="arpack", random_state=seed).fit(logs[~split.held_out]).transform(logs))
    return np.hstack(parts), dict(seconds=time.perf_counter() - start)


def scvi(one, split, seed):
    """SCVI as scvi-tools makes it when nothing but the batch is said; of several modalities it sees the RNA."""
    import scvi

    scvi.settings.seed = seed
    table = modalities(split.cells)["rna"]
    cells = anndata.AnnData(sp.csr_matrix(table.X, dtype=np.float32), obs=table.obs)
    trained, test = cells[~split.held_out].copy(), cells[split.held_out].copy()
    scvi.model.SCVI.setup_anndata(trained, batch_key=one.batch or None)
    start = time.perf_counter()
    model = scvi.model.SCVI(trained)
    model.train(train_size=1.0, accelerator="cpu", enable_progress_bar=False, logger=False)
    seconds = time.perf_counter() - start
    reconstruction = float(model.get_reconstruction_error(test)["reconstruction_loss"])
    mean, variance = model.get_latent_representation(test, return_dist=True)
    kl = 0.5 * (mean**2 + variance - 1 - np.log(variance))
    return model.get_latent_representation(cells), dict(
        elbo=abs(reconstruction) + kl.sum(1).mean(), log_likelihood=-abs(reconstruction),
        active=(kl > 0.01).sum(1).mean(), epochs=model.trainer.current_epoch, seconds=seconds)  # fmt: skip
