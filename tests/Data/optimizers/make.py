"""Writes optimizers.json: 37 weights after 10 steps of each optimizer, in PyTorch (Debian's python3-torch) and, for Lion, by the paper's algorithm 2.

    python3 make.py > optimizers.json

Gradients follow from weight and step alone: sin(0.7 i + 1.3 t) + 0.1 w, so that any implementation can repeat them.
"""
import json

import torch

COUNT, STEPS, RATE = 37, 10, 0.05


def start():
    return torch.cos(torch.arange(COUNT, dtype=torch.float64) * 0.3)


def gradient(weights, step):
    return torch.sin(0.7 * torch.arange(COUNT, dtype=torch.float64) + 1.3 * step) + 0.1 * weights


def run(make):
    weights = torch.nn.Parameter(start())
    optimizer = make([weights])
    for step in range(STEPS):
        weights.grad = gradient(weights.detach(), step)
        optimizer.step()
    return weights.detach().tolist()


def lion(decay, beta1=0.9, beta2=0.99):
    weights, mean = start(), torch.zeros(COUNT, dtype=torch.float64)
    for step in range(STEPS):
        g = gradient(weights, step)
        update = torch.sign(beta1 * mean + (1 - beta1) * g)
        mean = beta2 * mean + (1 - beta2) * g
        weights = weights - RATE * (update + decay * weights)
    return weights.tolist()


o = torch.optim
cases = {
    "sgd": lambda p: o.SGD(p, RATE),
    "sgd decay": lambda p: o.SGD(p, RATE, weight_decay=0.1),
    "sgd momentum": lambda p: o.SGD(p, RATE, momentum=0.9, weight_decay=0.1),
    "sgd nesterov": lambda p: o.SGD(p, RATE, momentum=0.9, nesterov=True),
    "adam": lambda p: o.Adam(p, RATE),
    "adam decay": lambda p: o.Adam(p, RATE, weight_decay=0.1),
    "adamw": lambda p: o.AdamW(p, RATE, weight_decay=0.1),
    "rmsprop": lambda p: o.RMSprop(p, RATE),
    "rmsprop momentum": lambda p: o.RMSprop(p, RATE, momentum=0.9, weight_decay=0.1),
    "adagrad": lambda p: o.Adagrad(p, RATE, weight_decay=0.1),
}
results = {name: run(make) for name, make in cases.items()}
results["lion"] = lion(0.0)
results["lion decay"] = lion(0.1)
print(json.dumps({"torch": torch.__version__, "rate": RATE, "steps": STEPS, "weights": results}))
