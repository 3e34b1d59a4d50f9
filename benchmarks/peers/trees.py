"""Gradient boosting of the peers on the data that `bench trees` writes: one line of JSON a peer.

Arguments: file, rows, training rows. The file holds 32-bit numbers, 28 columns one after the other, then the target.
Debian: python3-numpy python3-sklearn python3-xgboost.
"""
import json
import sys
import time

import numpy as np

FEATURES = 28


def measure(name, model, x, y, train):
    start = time.perf_counter()
    model.fit(x[:train], y[:train])
    fit = time.perf_counter() - start
    start = time.perf_counter()
    scores = model.predict_proba(x[train:])[:, 1]
    score = time.perf_counter() - start
    from sklearn.metrics import roc_auc_score

    print(json.dumps({"peer": name, "fit": fit, "score": score, "auc": roc_auc_score(y[train:], scores)}), flush=True)


def main():
    path, rows, train = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    values = np.fromfile(path, dtype=np.float32).reshape(FEATURES + 1, rows)
    x = np.ascontiguousarray(values[:FEATURES].T)
    y = values[FEATURES].astype(int)
    missing = []
    try:
        import xgboost

        common = dict(n_estimators=100, learning_rate=0.1, tree_method="hist", max_bin=255, n_jobs=2, eval_metric="logloss")
        measure(f"xgboost {xgboost.__version__} leaf-wise", xgboost.XGBClassifier(max_leaves=31, max_depth=0, grow_policy="lossguide", **common), x, y, train)
        measure(f"xgboost {xgboost.__version__} depth 6", xgboost.XGBClassifier(max_depth=6, **common), x, y, train)
    except ImportError:
        missing.append("python3-xgboost")
    try:
        import sklearn
        from sklearn.ensemble import HistGradientBoostingClassifier

        model = HistGradientBoostingClassifier(max_iter=100, learning_rate=0.1, max_leaf_nodes=31, early_stopping=False)
        measure(f"scikit-learn {sklearn.__version__} HistGradientBoosting", model, x, y, train)
    except ImportError:
        missing.append("python3-sklearn")
    for package in missing:
        print(json.dumps({"missing": package}), flush=True)


main()
