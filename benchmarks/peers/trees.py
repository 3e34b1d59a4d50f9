"""Gradient boosting of the peers on the data that `bench trees` writes: one line of JSON a peer.

Arguments: file, rows, training rows, features, quality (auc or rmse), settings (alike or defaults), positions of
categories. The file holds 32-bit numbers, one column after the other, then the target.
Debian: python3-numpy python3-sklearn python3-xgboost.
"""
import json
import sys
import time

import numpy as np


def measure(name, model, x, y, train, quality):
    start = time.perf_counter()
    model.fit(x[:train], y[:train])
    fit = time.perf_counter() - start
    start = time.perf_counter()
    outputs = model.predict_proba(x[train:])[:, 1] if quality == "auc" else model.predict(x[train:])
    score = time.perf_counter() - start
    if quality == "auc":
        from sklearn.metrics import roc_auc_score

        value = roc_auc_score(y[train:], outputs)
    else:
        value = float(np.sqrt(np.mean((outputs.astype(np.float64) - y[train:]) ** 2)))
    print(json.dumps({"peer": name, "fit": fit, "score": score, "quality": value}), flush=True)


def main():
    path, rows, train, features = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    quality, alike = sys.argv[5], sys.argv[6] == "alike"
    categories = [int(position) for position in sys.argv[7].split(",") if position] if len(sys.argv) > 7 else []
    values = np.fromfile(path, dtype=np.float32).reshape(features + 1, rows)
    x = np.ascontiguousarray(values[:features].T)
    y = values[features].astype(int) if quality == "auc" else values[features].astype(np.float64)
    missing = []
    try:
        import xgboost

        kind = xgboost.XGBClassifier if quality == "auc" else xgboost.XGBRegressor
        name = f"xgboost {xgboost.__version__}"
        if alike:
            common = dict(n_estimators=100, learning_rate=0.1, tree_method="hist", max_bin=255, n_jobs=2)
            measure(f"{name} leaf-wise", kind(max_leaves=31, max_depth=0, grow_policy="lossguide", **common), x, y, train, quality)
            measure(f"{name} depth 6", kind(max_depth=6, **common), x, y, train, quality)
        else:
            measure(name, kind(tree_method="hist", n_jobs=2), x, y, train, quality)
    except ImportError:
        missing.append("python3-xgboost")
    try:
        import sklearn
        from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

        kind = HistGradientBoostingClassifier if quality == "auc" else HistGradientBoostingRegressor
        settings = dict(max_iter=100, learning_rate=0.1, max_leaf_nodes=31, early_stopping=False) if alike else {}
        model = kind(categorical_features=categories or None, **settings)
        measure(f"scikit-learn {sklearn.__version__} HistGradientBoosting", model, x, y, train, quality)
    except ImportError:
        missing.append("python3-sklearn")
    for package in missing:
        print(json.dumps({"missing": package}), flush=True)


main()
