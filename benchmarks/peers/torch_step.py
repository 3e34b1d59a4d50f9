"""A step of training (forward, backward, AdamW) in PyTorch, eager and by torch.compile: torch_step.py NETWORK cpu|cuda full|middle|tiny THREADS eager|compiled

Networks are mlp, resnet50 and bert-base; on a GPU the latter two in bfloat16 by autocast, all else in 32 bits. Prints a line of JSON, or none where PyTorch can't compile: {"peer": ..., "fit": milliseconds of
a step in the fastest of a few parts, "score": MiB that the step takes at most, beyond what a network of a few weights does, "quality": loss}. Debian's package: python3-torch; torch.compile needs PyTorch 2 and a C++ compiler.
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
WARM_UP, PARTS = 5, 5
VOCABULARY = 30522


def mlp(*sizes):
    layers = []
    for i in range(len(sizes) - 1):
        layers += [nn.Linear(sizes[i], sizes[i + 1])] + ([nn.ReLU()] if i < len(sizes) - 2 else [])
    return nn.Sequential(*layers)


def normed(inputs, filters, kernel, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, filters, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(filters))


class Bottleneck(nn.Module):
    def __init__(self, inputs, inner, stride, first):
        super().__init__()
        self.branch = nn.Sequential(normed(inputs, inner, 1), nn.ReLU(inplace=True), normed(inner, inner, 3, stride), nn.ReLU(inplace=True), normed(inner, 4 * inner, 1))
        self.shortcut = normed(inputs, 4 * inner, 1, stride) if first else nn.Identity()

    def forward(self, x):
        return torch.relu(self.branch(x) + self.shortcut(x))


def resnet50(filters):
    layers, inputs = [normed(3, filters, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)], filters
    for stage, blocks in enumerate((3, 4, 6, 3)):
        for block in range(blocks):
            inner = filters << stage
            layers.append(Bottleneck(inputs, inner, 2 if stage > 0 and block == 0 else 1, block == 0))
            inputs = 4 * inner
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 1000))


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = (part(x).view(batch, length, self.heads, width // self.heads).transpose(1, 2) for part in (self.query, self.key, self.value))
        if hasattr(nn.functional, "scaled_dot_product_attention"):
            seen = nn.functional.scaled_dot_product_attention(q, k, v)
        else:
            seen = torch.softmax(q @ k.transpose(-1, -2) / (width // self.heads) ** 0.5, -1) @ v
        return self.output(seen.transpose(1, 2).reshape(batch, length, width))


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attention, self.first, self.second = Attention(width, heads), nn.LayerNorm(width), nn.LayerNorm(width)
        self.dense = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        x = self.first(x + self.attention(x))
        return self.second(x + self.dense(x))


class Bert(nn.Module):
    def __init__(self, layers, width, heads, length):
        super().__init__()
        self.tokens, self.positions, self.norm = nn.Embedding(VOCABULARY, width), nn.Parameter(torch.zeros(1, length, width)), nn.LayerNorm(width)
        self.layers = nn.Sequential(*[Layer(width, heads) for _ in range(layers)])
        self.head = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 2))

    def forward(self, ids):
        return self.head(self.layers(self.norm(self.tokens(ids) + self.positions))[:, 0])


def build(name, size):
    """The network, its inputs, the classes, and how many steps are measured."""
    if name == "mlp":
        return (mlp(64, 32, 10), torch.randn(32, 64), 10, 20) if size == "tiny" else (mlp(784, 512, 512, 10), torch.randn(128, 784), 10, 500)
    if name == "resnet50":
        filters, batch, side, steps = {"full": (64, 256, 224, 30), "middle": (64, 8, 112, 10), "tiny": (8, 2, 64, 5)}[size]
        return resnet50(filters), torch.randn(batch, 3, side, side), 1000, steps
    if name == "bert-base":
        layers, width, heads, length, batch, steps = {"full": (12, 768, 12, 128, 128, 30), "middle": (4, 512, 8, 128, 8, 10), "tiny": (2, 64, 2, 16, 2, 5)}[size]
        return Bert(layers, width, heads, length), torch.randint(0, 8000, (batch, length)), 2, steps
    raise SystemExit(f"There is no network '{name}'.")


def memory(device):
    if device == "cuda":
        free, total = torch.cuda.mem_get_info()
        return (total - free) / 2**20
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def prepare(name, device, size, compiled):
    """One step, as a function, and how many are measured."""
    network, inputs, classes, steps = build(name, size)
    network, inputs, target = network.to(device), inputs.to(device), torch.randint(0, classes, (len(inputs),), device=device)
    if device == "cuda" and inputs.dim() == 4:
        network, inputs = network.to(memory_format=torch.channels_last), inputs.to(memory_format=torch.channels_last)
    fused = device == "cuda" or tuple(int(part) for part in torch.__version__.split(".")[:2]) >= (2, 4)
    optimizer = torch.optim.AdamW(network.parameters(), 1e-4, **({"fused": True} if fused else {}))
    forward, loss_of = (torch.compile(network) if compiled else network), nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda" and name != "mlp"):
            loss = loss_of(forward(inputs).float(), target)
        loss.backward()
        optimizer.step()
        return loss

    return step, steps


def wait(device):
    if device == "cuda":
        torch.cuda.synchronize()


def measure(name, device, size, compiled):
    torch.manual_seed(1)
    prepare("mlp", device, "tiny", compiled)[0]()
    wait(device)
    before = memory(device)
    step, steps = prepare(name, device, size, compiled)
    for _ in range(WARM_UP):
        step()
    wait(device)
    taken = float("inf")
    for _ in range(PARTS):
        start = time.perf_counter()
        for _ in range(steps // PARTS):
            loss = step()
        wait(device)
        taken = min(taken, (time.perf_counter() - start) / (steps // PARTS) * 1e3)
    print(json.dumps({"peer": f"torch {torch.__version__} {'compiled' if compiled else 'eager'}", "fit": taken, "score": memory(device) - before, "quality": float(loss)}), flush=True)


def main():
    name, device, size, threads, way = sys.argv[1:6]
    torch.set_num_threads(int(threads))
    if way == "eager" or hasattr(torch, "compile"):
        measure(name, device, size, way == "compiled")


main()
