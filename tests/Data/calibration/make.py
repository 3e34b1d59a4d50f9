"""Writes the reference values that calibrations are tested against: python3 make.py

Needs scikit-learn 1.2.1 and SciPy. Scores and weights are numbers of few digits, so that single precision reads the same bits.
"""
import json
import os

import numpy as np
import sklearn
from scipy.optimize import minimize_scalar
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

assert sklearn.__version__ == "1.2.1", sklearn.__version__
HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
LEAST = 2.0**-23


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def numbers(values):
    return [float(str(np.float32(v))) for v in np.ravel(values)]


p = single(np.round(rng.random(200), 2))  # with ties
y = (rng.random(200) < p**2).astype(int)
w = single(np.round(rng.gamma(2, 1, 200), 2))
at = single(np.linspace(0, 1, 41))
sigmoid = _SigmoidCalibration().fit(single(np.round(6 * p - 3, 3)), y)
isotonic = {}
for name, weights in (("plain", None), ("weights", w)):
    isotonic[name] = IsotonicRegression(out_of_bounds="clip").fit(p, y, weights).predict(at).tolist()

logits = rng.normal(size=(150, 4))
truth = np.array([rng.choice(4, p=np.exp(row) / np.exp(row).sum()) for row in logits])
sharp = np.exp(2.5 * logits)
q = single(sharp / sharp.sum(axis=1, keepdims=True))
logs = np.log(np.maximum(q, LEAST))


def loss(inverse):
    scaled = logs * inverse
    return (np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(truth)), truth]).mean()


best = minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options=dict(xatol=1e-12)).x
with open(os.path.join(HERE, "calibration.json"), "w") as out:
    json.dump({
        "source": "make.py, scikit-learn %s" % sklearn.__version__,
        "probabilities": numbers(p), "hits": y.tolist(), "weights": numbers(w), "at": numbers(at),
        "scores": numbers(np.round(6 * p - 3, 3)), "a": float(sigmoid.a_), "b": float(sigmoid.b_),
        "isotonic": isotonic, "outputs": numbers(q), "truth": truth.tolist(), "temperature": float(1 / best),
    }, out, separators=(",", ":"))
    out.write("\n")
print(sigmoid.a_, sigmoid.b_, 1 / best)
