"""simulate_truth.py OUT.h5ad SEED [AMBIENT_FRACTION]: counts with known cell types, ambient profiles, dispersion and library sizes (truth in uns/varm/obs)."""
import sys, numpy as np, anndata as ad, scipy.sparse as sp
out, seed = sys.argv[1], int(sys.argv[2]); r = np.random.default_rng(seed); N, G, K, B = 2000, 2000, 6, 3
base = np.exp(r.normal(-1.5, 1.4, G)); prof = np.stack([base * np.exp(r.normal(0, 1.2, G) * (r.random(G) < .25)) for _ in range(K)]); prof /= prof.sum(1, keepdims=True)
batch = r.integers(0, B, N); comp = r.dirichlet(np.ones(K) * 2, B); typ = np.array([r.choice(K, p=comp[b]) for b in batch])
amb = np.stack([(comp[b] @ prof) * np.exp(r.normal(0, .6, G)) for b in range(B)]); amb /= amb.sum(1, keepdims=True)
L = np.exp(r.normal(7.5, .35, N)); frac = float(sys.argv[3]) if len(sys.argv) > 3 else .2; theta = np.exp(r.normal(1.6, .7, G))
native = L[:, None] * (1 - frac) * prof[typ]; contam = L[:, None] * frac * amb[batch]; mu = native + contam
x = r.poisson(r.gamma(theta[None], mu / theta[None]))
a = ad.AnnData(sp.csr_matrix(x.astype(np.float32))); a.obs_names = [f"c{i}" for i in range(N)]; a.var_names = [f"g{i}" for i in range(G)]
a.obs["batch"] = [f"b{i}" for i in batch]; a.obs["type"] = [f"t{i}" for i in typ]; a.obs["true_library"] = L
for c in ("batch", "type"): a.obs[c] = a.obs[c].astype("category")
a.varm["true_ambient"] = amb.T; a.var["true_theta"] = theta; a.uns["ambient_fraction"] = frac
a.layers["true_native"] = native.astype(np.float32); a.write_h5ad(out, compression="gzip"); print(out, x.sum(1).mean(), (x > 0).mean())
