"""Writes the reference values that linear models are tested against: python3 make.py

Needs scikit-learn 1.2.1. Features, targets and weights are numbers of few digits, so that single precision reads the same bits. Every model is fitted
to a much finer tolerance than its default, so that its coefficients are those of the optimum. Standard errors are computed from their formulas.
"""
import json
import os

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge

assert sklearn.__version__ == "1.2.1", sklearn.__version__
HERE = os.path.dirname(os.path.abspath(__file__))
FINE = dict(tol=1e-12, max_iter=1_000_000)


def short(values):
    return (np.round(values * 256) / 256).astype(np.float32).astype(np.float64)


def errors_of_squares(x, y, w, alpha, intercept):
    """Of least squares, weighted: residual variance times the inverse of XᵀWX + alpha, the intercept's column last and without penalty."""
    design = np.column_stack([x, np.ones(len(y))]) if intercept else x
    penalty = np.diag([alpha] * x.shape[1] + ([0.0] if intercept else []))
    gram = design.T @ (w[:, None] * design)
    inverse = np.linalg.inv(gram + penalty)
    residuals = y - design @ (inverse @ (design.T @ (w * y)))
    variance = (w * residuals**2).sum() / (len(y) - np.trace(inverse @ gram))
    return np.sqrt(np.diag(inverse) * variance)


def errors_of_logistic(x, y, w, alpha, coefficients, intercepts):
    """Of coefficients centred over the classes: the pseudo-inverse of the Hessian without the directions that are shared by all classes."""
    design = np.column_stack([x, np.ones(len(y))])
    width, classes = design.shape[1], len(intercepts)
    scores = x @ coefficients.T + intercepts
    penalty = np.diag([alpha] * x.shape[1] + [0.0])
    if classes == 1:
        p = 1 / (1 + np.exp(-scores[:, 0]))
        hessian = design.T @ ((w * p * (1 - p))[:, None] * design) + penalty
        return np.sqrt(np.diag(np.linalg.inv(hessian)))[None, :]
    p = np.exp(scores - scores.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    hessian = np.zeros((classes * width, classes * width))
    for k in range(classes):
        for l in range(classes):
            block = design.T @ ((w * p[:, k] * ((k == l) - p[:, l]))[:, None] * design) + (k == l) * penalty
            hessian[k * width:(k + 1) * width, l * width:(l + 1) * width] = block
    centre = np.kron(np.eye(classes) - 1 / classes, np.eye(width))
    inverse = np.linalg.pinv(centre @ hessian @ centre, rcond=1e-12, hermitian=True)
    return np.sqrt(np.diag(inverse)).reshape(classes, width)


def case(name, trainer, options, x, y, w, model, classes=0, errors=None):
    model.fit(x, y, sample_weight=w)
    coefficients = np.atleast_2d(model.coef_)
    intercepts = np.atleast_1d(model.intercept_) if model.fit_intercept else np.zeros(len(coefficients))
    if classes > 2:
        intercepts = intercepts - intercepts.mean()  # only their differences are determined
    if trainer == "Logistic" and errors is None and options.get("L1Ratio", 0) == 0 and model.fit_intercept:
        errors = errors_of_logistic(x, y, w, options["Alpha"], coefficients, intercepts)
    if errors is not None:
        errors = np.atleast_2d(errors)
    return {
        "name": name, "trainer": trainer, "options": options, "classes": classes, "weighted": bool((w != 1).any()),
        "coefficients": coefficients.tolist(), "intercepts": intercepts.tolist(),
        "errors": None if errors is None else errors[:, :x.shape[1]].tolist(),
        "intercept_errors": None if errors is None or errors.shape[1] == x.shape[1] else errors[:, -1].tolist(),
    }


def main():
    random = np.random.RandomState(20)
    rows, features = 160, 5
    mix = np.eye(features) + 0.3 * random.randn(features, features)
    x = short(random.randn(rows, features) @ mix + np.array([0, 1, -2, 0, 3]))
    slope = np.array([2.0, -1.0, 0.5, 0.0, 0.25])
    y = short(3 + x @ slope + random.randn(rows))
    ones, w = np.ones(rows), short(random.uniform(0.25, 3, rows))
    w[::17] = 0
    cases = []
    for alpha in (0, 1, 25):
        for intercept in (True, False):
            for label, weights in (("", ones), (" weighted", w)):
                keep = weights > 0
                errors = errors_of_squares(x[keep], y[keep], weights[keep], alpha, intercept)
                cases.append(case(f"ridge {alpha}{'' if intercept else ' through 0'}{label}", "Ridge", dict(Alpha=alpha, FitIntercept=intercept),
                                  x, y, weights, Ridge(alpha=alpha, fit_intercept=intercept, solver="cholesky"), errors=errors))
    for label, weights in (("", ones), (" weighted", w)):
        for alpha in (0.01, 0.3):
            cases.append(case(f"lasso {alpha}{label}", "Lasso", dict(Alpha=alpha), x, y, weights, Lasso(alpha=alpha, **FINE)))
            cases.append(case(f"elastic net {alpha}{label}", "ElasticNet", dict(Alpha=alpha, L1Ratio=0.4), x, y, weights, ElasticNet(alpha=alpha, l1_ratio=0.4, **FINE)))
    cases.append(case("lasso through 0", "Lasso", dict(Alpha=0.1, FitIntercept=False), x, y, ones, Lasso(alpha=0.1, fit_intercept=False, **FINE)))

    score = x @ np.array([1.2, -0.8, 0.4, 0.0, 0.3]) - 2.5
    binary = (score + random.logistic(size=rows) > 0).astype(int)
    three = np.argmax(np.column_stack([score, x @ np.array([-0.5, 0.2, 1.0, 0.3, 0.0]) + 2, np.zeros(rows)]) + random.gumbel(size=(rows, 3)), axis=1)
    for label, weights in (("", ones), (" weighted", w)):
        for kind, target, classes in (("binary", binary, 2), ("multinomial", three, 3)):
            for alpha in (0.05, 1, 20):
                model = LogisticRegression(C=1 / alpha, solver="newton-cg" if classes == 3 else "newton-cholesky", multi_class="multinomial" if classes == 3 else "auto", tol=1e-9, max_iter=10_000)
                cases.append(case(f"{kind} {alpha}{label}", "Logistic", dict(Alpha=alpha), x, target.astype(float), weights, model, classes))
            model = LogisticRegression(C=1 / 3, penalty="elasticnet", l1_ratio=0.7, solver="saga", tol=1e-12, max_iter=200_000)
            cases.append(case(f"{kind} elastic net{label}", "Logistic", dict(Alpha=3, L1Ratio=0.7), x, target.astype(float), weights, model, classes))
    model = LogisticRegression(C=1, fit_intercept=False, solver="newton-cholesky", tol=1e-11)
    cases.append(case("binary through 0", "Logistic", dict(Alpha=1, FitIntercept=False), x, binary.astype(float), ones, model, 2))
    with open(os.path.join(HERE, "linear.json"), "w") as file:
        data = dict(x=x.T.tolist(), w=w.tolist(), numbers=y.tolist(), binary=binary.tolist(), three=three.tolist())
        json.dump({**data, "cases": cases}, file, separators=(",", ":"))
        file.write("\n")


main()
