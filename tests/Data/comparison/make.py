"""Writes the reference values that comparisons of models are tested against: python3 make.py

Needs SciPy. DeLong's covariances are computed by their definition, from all pairs of a positive and a negative row. Numbers have few digits, so that single
precision reads the same bits.
"""
import json
import os

import numpy as np
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def numbers(values):
    return [float(str(np.float32(v))) for v in np.ravel(values)]


def delong(y, a, b):
    parts = []
    for scores in (a, b):
        pairs = (scores[y == 1][:, None] > scores[y == 0][None, :]) + 0.5 * (scores[y == 1][:, None] == scores[y == 0][None, :])
        parts.append((pairs.mean(), pairs.mean(axis=1), pairs.mean(axis=0)))
    (area, p, n), (other, q, m) = parts
    variance = np.var(p - q, ddof=1) / len(p) + np.var(n - m, ddof=1) / len(n)
    z = (area - other) / np.sqrt(variance)
    return {"difference": area - other, "z": z, "p": 2 * stats.norm.sf(abs(z))}


y = rng.integers(0, 2, 150)
a = single(np.round(0.35 * y + 0.65 * rng.random(150), 2))
b = single(np.round(0.2 * y + 0.4 * a + 0.4 * rng.random(150), 2))
mcnemar = []
for only, other in ((3, 9), (0, 0), (20, 20), (30, 19), (70, 40), (200, 150), (40, 41)):
    if only + other <= 50:
        p = stats.binomtest(min(only, other), only + other).pvalue if only + other else 1.0
    else:
        p = stats.chi2.sf((max(0, abs(only - other) - 1)) ** 2 / (only + other), 1)
    mcnemar.append([only, other, float(min(1, p))])
truth = single(np.round(rng.normal(50, 10, 80), 1))
first = single(np.round(truth + rng.normal(0, 3, 80), 1))
second = single(np.round(truth + rng.normal(0, 4, 80), 1))
sizes, others = np.abs(truth - first), np.abs(truth - second)
t = stats.ttest_rel(sizes, others)
w = stats.wilcoxon(sizes, others, mode="approx", correction=False)
with open(os.path.join(HERE, "comparison.json"), "w") as out:
    json.dump({
        "y": y.tolist(), "a": numbers(a), "b": numbers(b), "delong": delong(y, a, b), "mcnemar": mcnemar,
        "truth": numbers(truth), "first": numbers(first), "second": numbers(second),
        "t": [float(t.statistic), float(t.pvalue)], "wilcoxon": float(w.pvalue),
        "normal": [[z, float(2 * stats.norm.sf(z))] for z in (0, 0.1, 1, 1.96, 2.8, 2.9, 5, 10, 30)],
        "student": [[x, f, float(2 * stats.t.sf(x, f))] for x in (0, 0.5, 2, 10) for f in (1, 3, 30, 5000)],
    }, out, separators=(",", ":"))
    out.write("\n")
print(delong(y, a, b), t, w)
