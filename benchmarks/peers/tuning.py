"""The regret of Optuna's samplers, with their defaults, on a function of docs/tuning.md: one line of JSON a sampler.

Arguments: function (Branin, Hartmann-6, Rastrigin-5 or conditional), trials, seeds. The quality is the median over seeds of the least value found, less the function's minimum; fit is the seconds of a study.
Debian: python3-optuna python3-cmaes. The Gaussian process came with Optuna 3.6, and needs python3-torch.
"""
import json
import math
import statistics
import sys
import time
import warnings

try:
    import optuna
except ImportError:
    print(json.dumps({"missing": "python3-optuna"}))
    sys.exit(0)


def branin(trial):
    x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
    bend = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return bend * bend + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10 - 0.39788735772973816


ALPHA = [1.0, 1.2, 3.0, 3.2]
A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]


def hartmann6(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return 3.32236801141551 - sum(ALPHA[i] * math.exp(-sum(A[i][j] * (x[j] - 1e-4 * P[i][j]) ** 2 for j in range(6))) for i in range(4))


def rastrigin5(trial):
    x = [trial.suggest_float(f"x{i}", -5.12, 5.12) for i in range(5)]
    return 50 + sum(v * v - 10 * math.cos(2 * math.pi * v) for v in x)


def conditional(trial):
    if trial.suggest_categorical("way", ["flat", "deep"]) == "flat":
        slope, width = trial.suggest_float("slope", 0, 1), trial.suggest_int("width", 1, 100)
        return 0.3 + (slope - 0.7) ** 2 + ((width - 40) / 100.0) ** 2
    rate, depth = trial.suggest_float("rate", 1e-5, 1, log=True), trial.suggest_int("depth", 1, 10)
    drops = trial.suggest_categorical("drops", [False, True])
    return 0.1 * (math.log10(rate) + 2) ** 2 + 0.02 * abs(depth - 6) + ((trial.suggest_float("drop", 0, 0.9) - 0.3) ** 2 if drops else 0.15)


FUNCTIONS = {"Branin": branin, "Hartmann-6": hartmann6, "Rastrigin-5": rastrigin5, "conditional": conditional}


def main():
    function, trials, seeds = FUNCTIONS[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3])
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.filterwarnings("ignore")
    of = optuna.samplers
    samplers = {
        "random": lambda seed: of.RandomSampler(seed=seed),
        "quasi-random": lambda seed: of.QMCSampler(seed=seed, scramble=True),
        "TPE": lambda seed: of.TPESampler(seed=seed),
        "TPE, multivariate": lambda seed: of.TPESampler(seed=seed, multivariate=True, group=True),
        "Gaussian process": lambda seed: of.GPSampler(seed=seed),
        "CMA-ES": lambda seed: of.CmaEsSampler(seed=seed),
        "genetic": lambda seed: of.NSGAIISampler(seed=seed, population_size=15),
    }
    for name, make in samplers.items():
        if name == "CMA-ES" and function is conditional:
            continue
        start, regrets = time.perf_counter(), []
        try:
            for seed in range(seeds):
                study = optuna.create_study(sampler=make(seed))
                study.optimize(function, n_trials=trials)
                regrets.append(study.best_value)
        except (AttributeError, ImportError, TypeError) as error:
            print(f"{name}: {error}", file=sys.stderr)  # older than the sampler, or without what it needs
            continue
        fit = (time.perf_counter() - start) / seeds
        print(json.dumps({"peer": f"optuna {optuna.__version__} {name}", "fit": fit, "score": 0, "quality": statistics.median(regrets)}), flush=True)


main()
