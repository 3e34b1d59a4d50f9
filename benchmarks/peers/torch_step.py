"""A step of training (forward, backward, AdamW) in PyTorch, eager and by torch.compile: torch_step.py NETWORK cpu|cuda full|tiny THREADS eager|compiled

Networks are mlp (32 bits), resnet50 and bert-base (bfloat16 by autocast). Prints a line of JSON, or none where PyTorch can't compile: {"peer": ..., "fit": milliseconds, "score": MiB that the step
takes at most, "quality": loss}. Debian's package: python3-torch; torch.compile needs PyTorch 2 and a C++ compiler.
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
WARM_UP = 5
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


def build(name, tiny):
    """The network, its inputs, the classes, how many steps are measured, and whether its products are of 16 bits."""
    if name == "mlp":
        return (mlp(64, 32, 10), torch.randn(32, 64), 10, 20, False) if tiny else (mlp(784, 512, 512, 10), torch.randn(128, 784), 10, 500, False)
    if name == "resnet50":
        return (resnet50(8), torch.randn(2, 3, 64, 64), 1000, 2, True) if tiny else (resnet50(64), torch.randn(256, 3, 224, 224), 1000, 30, True)
    if name == "bert-base":
        if tiny:
            return Bert(2, 64, 2, 16), torch.randint(0, 8000, (2, 16)), 2, 3, True
        return Bert(12, 768, 12, 128), torch.randint(0, 8000, (128, 128)), 2, 30, True
    raise SystemExit(f"There is no network '{name}'.")


def memory(device):
    if device == "cuda":
        free, total = torch.cuda.mem_get_info()
        return (total - free) / 2**20
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def measure(name, device, tiny, compiled):
    torch.manual_seed(1)
    torch.zeros(1, device=device)
    before = memory(device)
    network, inputs, classes, steps, low = build(name, tiny)
    network, inputs, target = network.to(device), inputs.to(device), torch.randint(0, classes, (len(inputs),), device=device)
    if device == "cuda" and inputs.dim() == 4:
        network, inputs = network.to(memory_format=torch.channels_last), inputs.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), 1e-4, **({"fused": True} if device == "cuda" else {}))
    forward, loss_of = (torch.compile(network) if compiled else network), nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(device, torch.bfloat16, enabled=low):
            loss = loss_of(forward(inputs).float(), target)
        loss.backward()
        optimizer.step()
        return loss

    def wait():
        if device == "cuda":
            torch.cuda.synchronize()

    for _ in range(WARM_UP):
        loss = step()
    wait()
    start = time.perf_counter()
    for _ in range(steps):
        loss = step()
    wait()
    taken = (time.perf_counter() - start) / steps * 1e3
    print(json.dumps({"peer": f"torch {torch.__version__} {'compiled' if compiled else 'eager'}", "fit": taken, "score": memory(device) - before, "quality": float(loss)}), flush=True)


def main():
    name, device, size, threads, way = sys.argv[1:6]
    torch.set_num_threads(int(threads))
    if way == "eager" or hasattr(torch, "compile"):
        measure(name, device, size == "tiny", way == "compiled")


main()
