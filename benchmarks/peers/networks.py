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


class Block(nn.Module):
    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(inputs, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(), nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters)
        )
        self.shortcut = nn.Identity() if stride == 1 else nn.Sequential(nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        return torch.relu(self.branch(x) + self.shortcut(x))


def resnet8():
    first = nn.Sequential(nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
    return nn.Sequential(first, Block(16, 16, 1), Block(16, 32, 2), Block(32, 64, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Encoder(nn.Module):
    def __init__(self, layers, width, heads, length):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(8000, width), nn.Parameter(torch.zeros(1, length, width))
        self.layers = nn.ModuleList([nn.TransformerEncoderLayer(width, heads, 4 * width, 0.0, "gelu", batch_first=True) for _ in range(layers)])
        self.head = nn.Linear(width, 2)

    def forward(self, ids):
        x = self.tokens(ids) + self.positions
        for layer in self.layers:
            x = layer(x)
        return self.head(x.mean(1))


class Tabular(nn.Module):
    quantities, categories = 6, (9, 16, 7, 15, 6, 5, 2, 42)

    def __init__(self, frequencies=48, vector=24, width=192):
        super().__init__()
        self.frequencies = nn.Parameter(torch.randn(self.quantities, frequencies) * 0.6 * 2 * torch.pi)
        self.waves = nn.Linear(2 * frequencies, vector)
        self.tables = nn.ModuleList([nn.Embedding(count + 1, vector) for count in self.categories])
        self.first = nn.Linear((self.quantities + len(self.categories)) * vector, width)
        self.blocks = nn.ModuleList([nn.Sequential(nn.BatchNorm1d(width), nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, width)) for _ in range(2)])
        self.last = nn.Sequential(nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, 2))

    def forward(self, columns):
        waves = columns[:, : self.quantities, None] * self.frequencies
        parts = [torch.relu(self.waves(torch.cat([waves.sin(), waves.cos()], 2))).flatten(1)]
        for i, table in enumerate(self.tables):
            parts.append(table(columns[:, self.quantities + i].clamp(0, self.categories[i]).long()))
        x = self.first(torch.cat(parts, 1))
        for block in self.blocks:
            x = x + block(x)
        return self.last(x)


NETWORKS = {
    "mlp-small": lambda: (mlp(30, 64, 32, 2), torch.randn(32, 30), 2, 2000),
    "resnet8": lambda: (resnet8(), torch.randn(64, 3, 32, 32), 10, 30),
    "tabular": lambda: (Tabular(), torch.randn(64, 14), 2, 300),
    "encoder-2": lambda: (Encoder(2, 128, 2, 64), torch.randint(0, 8000, (32, 64)), 2, 40),
    "encoder-4": lambda: (Encoder(4, 256, 4, 128), torch.randint(0, 8000, (16, 128)), 2, 12),
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
