"""Means over seeds as a Markdown table and as one page of plots, beside the table of results."""

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import pandas as pd

MEASURES = dict(elbo="held-out ELBO", log_likelihood="log-likelihood", knn="kNN", knn_balanced="kNN, balanced", ari="ARI",
                nmi="NMI", mixing="mixing", active="active", epochs="epochs", seconds="seconds")  # fmt: skip
DIGITS = dict(elbo=1, log_likelihood=1, active=0, epochs=0, seconds=0)
PLOTTED = ["elbo", "knn_balanced", "ari", "mixing"]


def write(results):
    means = pd.read_csv(results, sep="\t").groupby(["set", "method"], sort=False)
    runs = means.size().rename("seeds")
    means = means[list(MEASURES)].mean()
    results.with_suffix(".md").write_text(_markdown(means.join(runs)))
    _plots(means).savefig(results.with_suffix(".svg"))


def _markdown(means):
    head = ["set", "method", *MEASURES.values(), "seeds"]
    lines = [head, ["---"] * len(head)]
    for (name, method), row in means.iterrows():
        values = ["" if pd.isna(row[m]) else f"{row[m]:,.{DIGITS.get(m, 3)}f}" for m in MEASURES]
        lines.append([name, method, *values, f"{row.seeds:.0f}"])
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def _plots(means):
    """A panel a measure, a column a set, a colour a method; ELBOs in percent over the best of the set, lower is better."""
    sets, methods = (means.index.get_level_values(level).unique() for level in ("set", "method"))
    figure, panels = plt.subplots(len(PLOTTED), 1, figsize=(10, 3 * len(PLOTTED)), layout="constrained")
    for measure, panel in zip(PLOTTED, panels):
        # unstack(sort=False) puts values in the wrong places where a method has not been run on every set.
        table = means[measure].unstack("method").reindex(index=sets, columns=methods)
        title = MEASURES[measure]
        if measure == "elbo":
            table, title = 100 * table.div(table.min(axis=1), axis=0) - 100, "held-out ELBO, % over the best"
        for number, method in enumerate(table.columns):
            shift = 0.6 * (number / max(1, len(table.columns) - 1) - 0.5)
            panel.plot(
                [place + shift for place in range(len(table))],
                table[method],
                "o",
                color=f"C{number % 10}",
                label=method,
            )
        panel.set_xticks(range(len(table)), table.index)
        panel.set_title(title, loc="left", fontsize=10)
        panel.grid(axis="y", alpha=0.3)
        panel.spines[["top", "right"]].set_visible(False)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
    return figure
