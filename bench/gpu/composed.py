"""Times the training step composed in PyTorch, eager and compiled, on the card of this machine: the loss of the default model without its
smaller terms (encoders, draws, decoder, softplus, background, scaling, dispersion with noise, Adam), data on the card already.

    python3 composed.py CELLS GENES HIDDEN LATENT
"""
import sys
import time

import torch

cells, genes, hidden, latent = map(int, sys.argv[1:5])
torch.manual_seed(0)
torch.set_float32_matmul_precision("high")
device = "cuda"
counts = torch.poisson(torch.full((cells, genes), 0.15, device=device))


def parameter(*shape, scale=0.05):
    return torch.nn.Parameter(torch.randn(*shape, device=device) * scale)


p = dict(
    w1=parameter(hidden, genes), b1=parameter(hidden), m=parameter(latent, hidden), v=parameter(latent, hidden),
    l1=parameter(16, genes), lm=parameter(1, 16), lv=parameter(1, 16), d=parameter(hidden, latent), db=parameter(hidden),
    w2=parameter(genes, hidden), b2=parameter(genes), s=parameter(genes), y=parameter(genes), mu=parameter(genes), sigma=parameter(genes))
adam = torch.optim.Adam(p.values(), lr=1e-3, eps=0.01, fused=True)


def loss():
    x = torch.log1p(counts)
    x = torch.nn.functional.dropout(x, 0.1)
    h = torch.relu(torch.nn.functional.layer_norm(x @ p["w1"].T + p["b1"], (hidden,)))
    m, v = h @ p["m"].T, torch.exp(h @ p["v"].T) + 1e-4
    z = m + torch.sqrt(v) * torch.randn_like(v)
    q = torch.relu(torch.nn.functional.layer_norm(x @ p["l1"].T, (16,)))
    lm, lv = q @ p["lm"].T, torch.exp(q @ p["lv"].T) + 1e-4
    l = lm + torch.sqrt(lv) * torch.randn_like(lv)
    g = torch.relu(torch.nn.functional.layer_norm(z @ p["d"].T + p["db"], (hidden,)))
    rate = torch.exp(l) * (torch.nn.functional.softplus(g @ p["w2"].T + p["b2"]) + torch.exp(p["s"])) * torch.nn.functional.softplus(p["y"])
    theta = torch.exp(p["mu"] + torch.exp(p["sigma"]) * torch.randn_like(rate))
    log = torch.log(theta + rate)
    nb = theta * (torch.log(theta) - log) + counts * (torch.log(rate) - log)
    nb = nb + torch.lgamma(counts + theta) - torch.lgamma(theta) - torch.lgamma(counts + 1)
    kl = 0.5 * (v + m * m - 1 - torch.log(v)).sum(1) + 0.5 * (lv + lm * lm - 1 - torch.log(lv)).sum(1)
    return (kl - nb.sum(1)).mean()


def milliseconds(function):
    def step():
        adam.zero_grad(set_to_none=True)
        with torch.autocast("cuda", dtype=torch.bfloat16, enabled=autocast):
            value = function()
        value.backward()
        adam.step()

    for _ in range(10):
        step()
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(50):
        step()
    torch.cuda.synchronize()
    return (time.perf_counter() - start) / 50 * 1e3


print(torch.cuda.get_device_name(), "torch", torch.__version__)
for autocast in (False, True):
    print("autocast", autocast, "eager %.2f ms" % milliseconds(loss), flush=True)
    print("autocast", autocast, "compiled %.2f ms" % milliseconds(torch.compile(loss)), flush=True)
