"""Writes curves.json: the losses of 20 steps of four small networks under three optimizers, in PyTorch (Debian's python3-torch), in double precision.

    python3 make.py > curves.json

No weights are stored. Parameter number k, by name, has the elements sin(0.37 i + k) / sqrt(inputs), or 1 + 0.1 sin(0.37 i + k) for the scale of a normalisation, in the
layout of the library: dense layers [inputs, outputs], LSTM gates in the order input, output, forget, cell. Inputs are sin(0.61 i), classes i mod 3.
"""
import json
import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
BATCH, STEPS, CLASSES = 12, 20, 3


def formula(k, shape, kind):
    count = math.prod(shape)
    values = torch.sin(0.37 * torch.arange(count, dtype=torch.float64) + k)
    if kind == "scale":
        return (1 + 0.1 * values).reshape(shape)
    inputs = {"dense": shape[0], "conv": math.prod(shape[1:]), "lstm": shape[-1], "bias": shape[-1], "table": 1}[kind]
    return (values / math.sqrt(inputs)).reshape(shape)


def same(tensor):
    return tensor


def dense(name, layer):
    outputs, inputs = layer.weight.shape
    return {f"{name}.weight": (layer.weight, "dense", [inputs, outputs], torch.t), f"{name}.bias": (layer.bias, "bias", [outputs], same)}


def norm(name, layer):
    size = list(layer.weight.shape)
    return {f"{name}.weight": (layer.weight, "scale", size, same), f"{name}.bias": (layer.bias, "bias", size, same)}


def conv(name, layer):
    return {f"{name}.weight": (layer.weight, "conv", list(layer.weight.shape), same)}


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(5, 8), nn.Linear(8, 6), nn.Linear(6, CLASSES)

    def parameters_by_name(self):
        return {**dense("a", self.a), **dense("b", self.b), **dense("c", self.c)}

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.tanh(self.a(x)))))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.norm = nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4)
        self.left, self.left_norm = nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(6)
        self.short = nn.Conv2d(4, 6, 1, stride=2, bias=False)
        self.head = nn.Linear(6, CLASSES)

    def parameters_by_name(self):
        return {**conv("first", self.first), **norm("norm", self.norm), **conv("left", self.left), **norm("left_norm", self.left_norm), **conv("short", self.short), **dense("head", self.head)}

    def forward(self, x):
        x = torch.relu(self.norm(self.first(x)))
        x = torch.relu(self.left_norm(self.left(x)) + self.short(x))
        return self.head(x.mean((2, 3)))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.width, self.heads = 8, 2
        self.tokens = nn.Embedding(11, self.width)
        self.layers = nn.ModuleDict({name: nn.Linear(self.width, self.width) for name in ("query", "key", "value", "output")})
        self.norm1, self.norm2 = nn.LayerNorm(self.width), nn.LayerNorm(self.width)
        self.up, self.down = nn.Linear(self.width, 16), nn.Linear(16, self.width)
        self.head = nn.Linear(self.width, CLASSES)

    def parameters_by_name(self):
        found = {"tokens.weight": (self.tokens.weight, "table", list(self.tokens.weight.shape), same)}
        for part, layer in self.layers.items():
            outputs, inputs = layer.weight.shape
            found[f"attention.{part}.weight"] = (layer.weight, "dense", [inputs, outputs], torch.t)
            found[f"attention.{part}.bias"] = (layer.bias, "bias", [outputs], same)
        return {**found, **norm("norm1", self.norm1), **norm("norm2", self.norm2), **dense("up", self.up), **dense("down", self.down), **dense("head", self.head)}

    def attend(self, x):
        batch, length, width = x.shape
        heads = [self.layers[part](x).reshape(batch, length, self.heads, -1).transpose(1, 2) for part in ("query", "key", "value")]
        seen = torch.softmax(heads[0] @ heads[1].transpose(2, 3) / math.sqrt(width / self.heads), -1) @ heads[2]
        return self.layers["output"](seen.transpose(1, 2).reshape(batch, length, width))

    def forward(self, ids):
        x = self.tokens(ids)
        x = self.norm1(x + self.attend(x))
        x = self.norm2(x + self.down(nn.functional.gelu(self.up(x))))
        return self.head(x.mean(1))


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.units = 5
        self.lstm, self.head = nn.LSTM(3, self.units, batch_first=True), nn.Linear(self.units, CLASSES)

    def gates(self, rows):
        """From input, output, forget, cell to PyTorch's input, forget, cell, output."""
        i, o, f, c = rows.split(self.units)
        return torch.cat([i, f, c, o])

    def parameters_by_name(self):
        rows = 4 * self.units
        # The library has one value for both biases; half of each row goes to either.
        return {
            "lstm.input": (self.lstm.weight_ih_l0, "lstm", [1, rows, 3], lambda w: self.gates(w[0])),
            "lstm.state": (self.lstm.weight_hh_l0, "lstm", [1, rows, self.units], lambda w: self.gates(w[0])),
            **dense("head", self.head),
        }

    def fill_bias(self, k):
        both = formula(k, [1, 8 * self.units], "bias")[0]
        with torch.no_grad():
            self.lstm.bias_ih_l0.copy_(self.gates(both[: 4 * self.units]))
            self.lstm.bias_hh_l0.copy_(self.gates(both[4 * self.units :]))

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


def inputs(*shape):
    return torch.sin(0.61 * torch.arange(math.prod(shape), dtype=torch.float64)).reshape(shape)


CASES = {
    "mlp": (Mlp, inputs(BATCH, 5)),
    "resnet": (ResNet, inputs(BATCH, 2, 6, 6)),
    "encoder": (Encoder, (torch.arange(BATCH * 7) * 5 % 11).reshape(BATCH, 7)),
    "lstm": (Lstm, inputs(BATCH, 6, 3)),
}
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.05, momentum=0.9),
    "adam": lambda p: torch.optim.Adam(p, 0.01),
    "adamw": lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.05),
}


def curve(make, x, optimizer):
    network = make()
    parameters = network.parameters_by_name()
    names = sorted([*parameters, *(["lstm.bias"] if make is Lstm else [])])
    for k, name in enumerate(names):
        if name == "lstm.bias":
            network.fill_bias(k)
            continue
        tensor, kind, shape, convert = parameters[name]
        with torch.no_grad():
            tensor.copy_(convert(formula(k, shape, kind)))
    stepper, loss_of = OPTIMIZERS[optimizer](network.parameters()), nn.CrossEntropyLoss()
    target, losses = torch.arange(BATCH) % CLASSES, []
    for _ in range(STEPS):
        stepper.zero_grad()
        loss = loss_of(network(x), target)
        loss.backward()
        stepper.step()
        losses.append(loss.item())
    return losses


print(json.dumps({"torch": torch.__version__, "curves": {name: {o: curve(make, x, o) for o in OPTIMIZERS} for name, (make, x) in CASES.items()}}))
