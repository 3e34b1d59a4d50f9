"""A step of training (forward, backward, Adam) in PyTorch, at the better of one thread and all: networks.py NAME THREADS

Prints a line of JSON: {"peer": ..., "fit": milliseconds, "score": threads, "quality": loss}. Debian's package: python3-torch.
"""
import json
import sys
import time

try:
    import torch
except ImportError:
    print(json.dumps({"missing": "python3-torch"}))
    sys.exit(0)

nn = torch.nn


def mlp(*sizes):
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


NETWORKS = {
    "mlp-small": lambda: (mlp(30, 64, 32, 2), torch.randn(32, 30), 2, 2000),
    "mlp": lambda: (mlp(784, 512, 512, 10), torch.randn(128, 784), 10, 150),
}


def measure(name, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network, inputs, classes, steps = NETWORKS[name]()
    target = torch.randint(0, classes, (len(inputs),))
    optimizer, loss_of = torch.optim.Adam(network.parameters(), 1e-4), nn.CrossEntropyLoss()
    times = []
    for step in range(steps + steps // 5):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(network(inputs), target)
        loss.backward()
        optimizer.step()
        if step >= steps // 5:
            times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2] * 1e3, float(loss)


def main():
    name, most = sys.argv[1], int(sys.argv[2])
    measured = [(*measure(name, threads), threads) for threads in sorted({1, most})]
    step, loss, threads = min(measured)
    print(json.dumps({"peer": f"torch {torch.__version__}", "fit": step, "score": threads, "quality": loss}))


main()
