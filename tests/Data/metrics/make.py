"""Writes the reference values that the metrics are tested against: python3 make.py

Needs scikit-learn 1.2.1. Predictions are single-precision numbers of few digits, so that reading them back gives the same bits; the metrics are
computed from them in double precision. A null is a value that is not defined: scikit-learn raises, or gives NaN.
"""
import json
import os
import warnings

import numpy as np
import sklearn
from sklearn import metrics as sk

assert sklearn.__version__ == "1.2.1", sklearn.__version__
warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
EPS = float(np.finfo(np.float32).eps)


def defined(compute):
    try:
        value = float(compute())
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def one_vs_rest(metric, y, p, w):
    """The mean over the classes that occur, where scikit-learn's own average raises as soon as one does not."""
    values = []
    for c in range(p.shape[1]):
        if (y == c).any():
            values.append(defined(lambda: metric((y == c).astype(int), p[:, c], sample_weight=w)))
    values = [v for v in values if v is not None]
    return float(np.mean(values)) if values else None


def classification(y, p32, w):
    p = p32.astype(np.float64)
    classes = p.shape[1]
    predicted = p.argmax(axis=1)
    weights = dict(sample_weight=w)
    averages = dict(sample_weight=w, zero_division=0)
    loss = defined(lambda: sk.log_loss(y, p, eps=EPS, labels=range(classes), **weights))
    # What scikit-learn gives for the single-precision array itself differs by its single-precision division only.
    assert np.isclose(loss, sk.log_loss(y, p32, labels=range(classes), **weights), rtol=1e-5)
    hits = y[:, None] == np.arange(classes)
    weight = np.ones(len(y)) if w is None else w
    # scikit-learn 1.2.1 knows two classes only; of more, the definition, which 1.7 and later have.
    brier = defined(lambda: np.average(((p - hits) ** 2).sum(axis=1), weights=w)) if classes > 2 else \
        defined(lambda: np.average((p[:, 1] - y) ** 2, weights=w))
    if classes == 2 and len(np.unique(y)) == 2:
        assert np.isclose(brier, sk.brier_score_loss(y, p[:, 1], **weights), rtol=1e-12)
    # Not in scikit-learn: its definition.
    of = np.ones(len(y), int) if classes == 2 else predicted
    confidence = p[np.arange(len(y)), of]
    bins = np.clip((confidence * 10).astype(int), 0, 9)
    error = sum(abs((weight * (confidence - (y == of)))[bins == b].sum()) for b in range(10)) / weight.sum()
    expected = {
        "brier_score_loss": brier,
        "expected_calibration_error": float(error),
        "matthews_corrcoef": defined(lambda: sk.matthews_corrcoef(y, predicted, **weights)),
        "cohen_kappa_score": defined(lambda: sk.cohen_kappa_score(y, predicted, labels=range(classes), **weights)),
        "accuracy": defined(lambda: sk.accuracy_score(y, predicted, **weights)),
        "balanced_accuracy": defined(lambda: sk.balanced_accuracy_score(y, predicted, **weights)),
        "log_loss": loss,
    }
    for average in ("macro", "micro", "weighted"):
        expected["precision_" + average] = defined(lambda: sk.precision_score(y, predicted, average=average, **averages))
        expected["recall_" + average] = defined(lambda: sk.recall_score(y, predicted, average=average, **averages))
        expected["f1_" + average] = defined(lambda: sk.f1_score(y, predicted, average=average, **averages))
    if classes == 2:
        labels = dict(labels=[0, 1], pos_label=1, average="binary")
        expected["precision"] = defined(lambda: sk.precision_score(y, predicted, **labels, **averages))
        expected["recall"] = defined(lambda: sk.recall_score(y, predicted, **labels, **averages))
        expected["f1"] = defined(lambda: sk.f1_score(y, predicted, **labels, **averages))
        expected["roc_auc"] = defined(lambda: sk.roc_auc_score(y, p[:, 1], **weights))
        expected["average_precision"] = defined(lambda: sk.average_precision_score(y, p[:, 1], **weights)) if (y == 1).any() else None
    else:
        expected["roc_auc_ovr"] = one_vs_rest(sk.roc_auc_score, y, p, w)
        expected["average_precision"] = one_vs_rest(sk.average_precision_score, y, p, w)
        if len(np.unique(y)) == classes:
            assert np.isclose(expected["roc_auc_ovr"], sk.roc_auc_score(y, p, multi_class="ovr", labels=range(classes), **weights), rtol=1e-12)
            indicator = (y[:, None] == np.arange(classes)).astype(int)
            assert np.isclose(expected["average_precision"], sk.average_precision_score(indicator, p, **weights), rtol=1e-12)
    matrix = sk.confusion_matrix(y, predicted, labels=range(classes), **weights)
    return expected, matrix.tolist()


def median_absolute_error(y, p, w):
    """scikit-learn's, whose weighted median of 1.2.1 takes the lower of two where the unweighted one takes their mean; whole weights are rows repeated."""
    if w is not None and (w == w.astype(int)).all():
        y, p, w = np.repeat(y, w.astype(int)), np.repeat(p, w.astype(int)), None
    return sk.median_absolute_error(y, p, sample_weight=w)


def regression(y32, p32, w):
    y, p = y32.astype(np.float64), p32.astype(np.float64)
    return {
        "median_absolute_error": defined(lambda: median_absolute_error(y, p, w)),
        "mean_absolute_percentage_error": defined(lambda: sk.mean_absolute_percentage_error(y, p, sample_weight=w)),
        "mean_pinball_loss_0.9": defined(lambda: sk.mean_pinball_loss(y, p, sample_weight=w, alpha=0.9)),
        "rmse": defined(lambda: np.sqrt(sk.mean_squared_error(y, p, sample_weight=w))),
        "mean_absolute_error": defined(lambda: sk.mean_absolute_error(y, p, sample_weight=w)),
        "r2": defined(lambda: sk.r2_score(y, p, sample_weight=w)),
    }


def short(numbers):
    """The shortest decimals that read back as the same single-precision numbers."""
    return [float(str(n)) for n in np.asarray(numbers, dtype=np.float32).ravel()]


def classes_case(name, y, p, w=None):
    y = np.asarray(y, dtype=int)
    p = np.asarray(p, dtype=np.float32)
    if p.ndim == 1:
        p = np.stack([np.float32(1) - p, p], axis=1)
    w = None if w is None else np.asarray(w, dtype=np.float32)
    expected, matrix = classification(y, p, None if w is None else w.astype(np.float64))
    return {"name": name, "classes": p.shape[1], "targets": y.tolist(), "outputs": short(p), "weights": None if w is None else short(w),
            "expected": expected, "confusion": matrix}


def numbers_case(name, y, p, w=None):
    y, p = np.asarray(y, dtype=np.float32), np.asarray(p, dtype=np.float32)
    w = None if w is None else np.asarray(w, dtype=np.float32)
    return {"name": name, "classes": 0, "targets": short(y), "outputs": short(p), "weights": None if w is None else short(w),
            "expected": regression(y, p, None if w is None else w.astype(np.float64))}


def probabilities(rng, y, classes, sharpness, digits=2):
    logits = rng.normal(size=(len(y), classes)) + sharpness * np.eye(classes)[y]
    p = np.exp(logits)
    p = np.round(p / p.sum(axis=1, keepdims=True), digits)
    p[:, -1] = np.round(1 - p[:, :-1].sum(axis=1), digits)
    return np.abs(p)


def binary_cases(rng):
    y = rng.integers(0, 2, 60)
    yield classes_case("plain", y, probabilities(rng, y, 2, 1.0, 4)[:, 1])
    yield classes_case("weights", y, probabilities(rng, y, 2, 1.0, 3)[:, 1], np.round(rng.gamma(2, 1, 60), 2))
    yield classes_case("whole_weights_some_zero", y, probabilities(rng, y, 2, 1.0, 3)[:, 1], rng.integers(0, 4, 60))
    yield classes_case("ties", y, probabilities(rng, y, 2, 1.0, 1)[:, 1])
    yield classes_case("ties_and_weights", y, probabilities(rng, y, 2, 1.0, 1)[:, 1], np.round(rng.gamma(2, 1, 60), 1))
    yield classes_case("all_scores_equal", y, np.full(60, 0.25))
    yield classes_case("even_scores", y, np.full(60, 0.5))
    yield classes_case("worse_than_chance", y, probabilities(rng, 1 - y, 2, 1.0, 3)[:, 1])
    yield classes_case("perfect", [0, 0, 1, 1, 1], [0.1, 0.2, 0.7, 0.8, 0.9])
    yield classes_case("extreme", [0, 1, 0, 1, 1, 0], [0, 1, 1, 0, 1e-30, 0.99999994])
    yield classes_case("negative_zero", [0, 1, 0, 1], [0, -0.0, 0, 1])
    yield classes_case("positive_never_predicted", [0, 1, 0, 1, 0], [0.1, 0.4, 0.2, 0.3, 0.45])
    yield classes_case("negative_never_predicted", [0, 1, 0, 1, 0], [0.9, 0.6, 0.8, 0.7, 0.55])
    yield classes_case("only_negatives", [0, 0, 0], [0.1, 0.6, 0.2])
    yield classes_case("only_positives", [1, 1, 1], [0.1, 0.6, 0.2])
    yield classes_case("one_negative_row", [0], [0.3])
    yield classes_case("one_positive_row", [1], [0.3])
    rare = (rng.random(300) < 0.03).astype(int)
    yield classes_case("rare_positives", rare, probabilities(rng, rare, 2, 1.5, 3)[:, 1])
    many = rng.integers(0, 2, 800)
    yield classes_case("many_rows", many, probabilities(rng, many, 2, 0.7, 3)[:, 1])


def multiclass_cases(rng):
    y = rng.integers(0, 4, 60)
    yield classes_case("plain", y, probabilities(rng, y, 4, 1.0, 3))
    yield classes_case("weights", y, probabilities(rng, y, 4, 1.0), np.round(rng.gamma(2, 1, 60), 2))
    yield classes_case("whole_weights_some_zero", y, probabilities(rng, y, 4, 1.0), 1 + rng.integers(0, 3, 60) - (np.arange(60) % 9 == 0))
    yield classes_case("ties", y, probabilities(rng, y, 4, 1.0, 1))
    uneven = rng.choice(3, 120, p=[0.8, 0.15, 0.05])
    yield classes_case("uneven", uneven, probabilities(rng, uneven, 3, 1.2))
    never = probabilities(rng, y, 4, 1.0)
    never[:, 1] += never[:, 2]
    never[:, 2] = 0
    yield classes_case("class_never_predicted", y, np.round(never, 2))
    yield classes_case("class_absent_but_predicted", np.where(y == 2, 1, y), probabilities(rng, y, 4, 1.0))
    two = np.where(y >= 2, 0, y)
    absent = probabilities(rng, two, 4, 0.5)
    absent[:, 0] += absent[:, 2] + absent[:, 3]
    absent[:, 2:] = 0
    yield classes_case("classes_absent_and_never_predicted", two, np.round(absent, 2))
    yield classes_case("extreme", [0, 1, 2, 2], [[1, 0, 0], [1, 0, 0], [0, 0, 1], [0, 1e-20, 1]])
    yield classes_case("one_class_only", [1, 1, 1], [[0.2, 0.5, 0.3], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]])
    yield classes_case("one_row", [2], [[0.2, 0.5, 0.3]])
    many = rng.integers(0, 3, 400)
    yield classes_case("many_rows", many, probabilities(rng, many, 3, 1.0))


def regression_cases(rng):
    y = np.round(rng.normal(50, 10, 60), 2)
    p = np.round(y + rng.normal(0, 4, 60), 2)
    yield numbers_case("plain", y, p)
    yield numbers_case("weights", y, p, np.round(rng.gamma(2, 1, 60), 2))
    yield numbers_case("whole_weights_some_zero", y, p, rng.integers(0, 4, 60))
    yield numbers_case("far_from_zero", np.round(1e6 + rng.normal(0, 1, 60), 1), np.round(1e6 + rng.normal(0, 1, 60), 1))
    yield numbers_case("tiny_and_huge", [1e-20, 1e20, -1e20, 3, 1e10], [2e-20, 1.5e20, -1e20, 4, 1e10])
    yield numbers_case("worse_than_the_mean", y, y[::-1])
    yield numbers_case("perfect", [1, 2.5, -3], [1, 2.5, -3])
    yield numbers_case("constant_label", [2, 2, 2], [1, 2, 3])
    yield numbers_case("constant_label_right", [2, 2, 2], [2, 2, 2])
    yield numbers_case("one_row", [3], [4.5])
    yield numbers_case("zero_labels", [0, 0, 4, -2], [0, 0.5, 5, -1])
    many = np.round(rng.gamma(2, 20, 600), 1)
    yield numbers_case("many_rows", many, np.round(many * 0.8 + rng.normal(5, 10, 600), 1))


for file, cases in (("binary", binary_cases), ("multiclass", multiclass_cases), ("regression", regression_cases)):
    with open(os.path.join(HERE, file + ".json"), "w") as out:
        out.write('{"source": "make.py, scikit-learn %s", "cases": [\n' % sklearn.__version__)
        out.write(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases(np.random.default_rng(2024))))
        out.write("\n]}\n")
