"""Writes the reference values that cross-validation is tested against: python3 make.py

Needs scikit-learn 1.2.1 and scipy. Features and targets are numbers of few digits, so that single precision reads the same bits. Folds are blocks of rows in their order (KFold), and of time
(TimeSeriesSplit with a gap), which need no random numbers, so that both sides have the same.
"""
import json
import os

import numpy as np
import sklearn
from scipy import stats
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold, TimeSeriesSplit, cross_val_predict, cross_val_score

assert sklearn.__version__ == "1.2.1", sklearn.__version__
HERE = os.path.dirname(os.path.abspath(__file__))


def short(values):
    return (np.round(values * 256) / 256).astype(np.float32).astype(np.float64)


random = np.random.default_rng(7)
x = short(random.normal(size=(90, 3)))
y = short(x @ [1.5, -2.0, 0.5] + 0.3 + random.normal(size=90))
c = (y + short(random.normal(size=90)) > 0).astype(int)
ridge = Ridge(alpha=1.0, solver="cholesky")
logistic = LogisticRegression(C=1.0, tol=1e-12, max_iter=1_000_000)
blocks, times = KFold(4), TimeSeriesSplit(4, gap=3, test_size=12)
scores = cross_val_score(ridge, x, y, cv=blocks, scoring="r2")
share = np.mean([len(test) / len(train) for train, test in blocks.split(x)])
half = stats.t.ppf(0.975, 3) * scores.std(ddof=1) * np.sqrt(1 / 4 + share)

reference = {
    "x": x.tolist(),
    "y": y.tolist(),
    "c": c.tolist(),
    "ridge_r2": scores.tolist(),
    "ridge_rmse": (-cross_val_score(ridge, x, y, cv=blocks, scoring="neg_root_mean_squared_error")).tolist(),
    "ridge_r2_interval": [scores.mean() - half, scores.mean() + half],
    "ridge_predictions": cross_val_predict(ridge, x, y, cv=blocks).tolist(),
    "ridge_r2_by_time": cross_val_score(ridge, x, y, cv=times, scoring="r2").tolist(),
    "logistic_roc_auc": cross_val_score(logistic, x, c, cv=blocks, scoring="roc_auc").tolist(),
    "logistic_log_loss": (-cross_val_score(logistic, x, c, cv=blocks, scoring="neg_log_loss")).tolist(),
    "student_quantiles": [[df, stats.t.ppf(0.975, df)] for df in (1, 2, 4, 9, 49, 1000)],
}
with open(os.path.join(HERE, "crossvalidation.json"), "w", encoding="utf-8") as file:
    json.dump(reference, file)
    file.write("\n")
