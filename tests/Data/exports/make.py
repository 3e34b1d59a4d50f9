"""Exports networks to ONNX and writes exports.json: loss and gradients of the same networks in PyTorch (Debian's python3-torch, python3-torchvision, python3-onnx).

    python3 make.py FOLDER

FOLDER receives the models, NETWORK-opsetN.onnx, and names.json: for each file, which parameter each constant is, and whether transposed. The
repository keeps the small ones, of the transformers, with their part of names.json, and exports.json. Tests find the others by the environment variable MODELTRAINING_EXPORTS.

Weights are random by seed, running statistics those of one batch. Inputs are sin(0.61 i) for numbers, 5 i mod VOCABULARY for ids; the mask leaves the last two
positions of the second row out. The loss is the mean of (output - sin(0.37 i))² over all elements of the output. Of each weight's gradient there are its norm and its
product with sin(0.37 i + 1), computed in double precision. Opsets 11 and 17 have batch normalisation folded into the convolutions before it, as PyTorch exports it
unless told otherwise; opset 13 keeps it, in the form that uses the running statistics.
"""
import copy
import json
import math
import os
import sys

import numpy
import onnx
import onnx.numpy_helper
import torch
import torchvision
from torch import nn
from torch.fx.experimental.optimization import fuse

OPSETS, BATCH, SIDE, LENGTH, VOCABULARY, WIDTH, HEADS = (11, 13, 17), 2, 64, 7, 50, 32, 4


def split(x):
    return x.view(x.size(0), x.size(1), HEADS, WIDTH // HEADS).transpose(1, 2)


def join(x):
    return x.transpose(1, 2).reshape(x.size(0), x.size(2), WIDTH)


class BertLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down, self.dropout = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH), nn.Dropout(0.1)

    def forward(self, x, bias):
        scores = split(self.query(x)) @ split(self.key(x)).transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        attended = join(self.dropout(torch.softmax(scores + bias, -1)) @ split(self.value(x)))
        x = self.norm1(x + self.dropout(self.output(attended)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.places, self.kinds = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(16, WIDTH), nn.Embedding(2, WIDTH)
        self.norm, self.layers = nn.LayerNorm(WIDTH, eps=1e-12), nn.ModuleList([BertLayer(), BertLayer()])
        self.pooler, self.classifier = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 3)
        self.register_buffer("numbers", torch.arange(16)[None])

    def forward(self, ids, mask):
        x = self.words(ids) + self.places(self.numbers[:, : ids.size(1)]) + self.kinds(torch.zeros_like(ids))
        x = self.norm(x)
        bias = (1 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return self.classifier(torch.tanh(self.pooler(x[:, 0])))


class Conv1D(nn.Module):
    """GPT-2's dense layer: weights are [inputs, outputs]."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.randn(inputs, outputs) / math.sqrt(inputs)), nn.Parameter(0.1 * torch.randn(outputs))

    def forward(self, x):
        shape = x.size()[:-1] + (self.bias.size(0),)
        return torch.addmm(self.bias, x.view(-1, x.size(-1)), self.weight).view(shape)


class GptBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.c_attn, self.c_proj = Conv1D(WIDTH, 3 * WIDTH), Conv1D(WIDTH, WIDTH)
        self.c_fc, self.c_out = Conv1D(WIDTH, 4 * WIDTH), Conv1D(4 * WIDTH, WIDTH)
        self.register_buffer("seen", torch.tril(torch.ones(16, 16, dtype=torch.bool))[None, None])

    def forward(self, x):
        query, key, value = (split(part) for part in self.c_attn(self.ln_1(x)).split(WIDTH, dim=2))
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        length = scores.size(-1)
        scores = torch.where(self.seen[:, :, :length, :length], scores, torch.tensor(-1e4, dtype=scores.dtype))
        x = x + self.c_proj(join(torch.softmax(scores, -1) @ value))
        h = self.c_fc(self.ln_2(x))
        return x + self.c_out(0.5 * h * (1 + torch.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * torch.pow(h, 3)))))


class Gpt2(nn.Module):
    """The matrix of the token embeddings gives the scores, too: one parameter, used twice."""

    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(16, WIDTH)
        self.h, self.ln_f = nn.ModuleList([GptBlock(), GptBlock()]), nn.LayerNorm(WIDTH)

    def forward(self, ids):
        x = self.wte(ids) + self.wpe(torch.arange(ids.size(1))[None])
        for block in self.h:
            x = block(x)
        return nn.functional.linear(self.ln_f(x), self.wte.weight)


def image():
    return torch.sin(0.61 * torch.arange(BATCH * 3 * SIDE * SIDE, dtype=torch.float64)).reshape(BATCH, 3, SIDE, SIDE).float()


def ids():
    return (torch.arange(BATCH * LENGTH) * 5 % VOCABULARY).reshape(BATCH, LENGTH)


def mask():
    kept = torch.ones(BATCH, LENGTH, dtype=torch.int64)
    kept[1, -2:] = 0
    return kept


NETWORKS = {
    "resnet18": (lambda: torchvision.models.resnet18(), {"image": image()}),
    "mobilenet_v3_small": (lambda: torchvision.models.mobilenet_v3_small(), {"image": image()}),
    "efficientnet_b0": (lambda: torchvision.models.efficientnet_b0(), {"image": image()}),
    "bert": (Bert, {"ids": ids(), "mask": mask()}),
    "gpt2": (Gpt2, {"ids": ids()}),
}


def settle(model):
    """Running statistics of one batch, so that signals keep their size through the network; no two weights alike, since an export makes one constant of these."""
    with torch.no_grad():
        for weight in model.parameters():
            if weight.ndim == 1:
                weight += 0.1 * torch.randn_like(weight)
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 1.0
    if norms:
        model.train()
        with torch.no_grad():
            model(torch.randn(8, 3, SIDE, SIDE))
    for norm, momentum in zip(norms, momenta):
        norm.momentum = momentum
    return model.eval()


def reference(model, inputs):
    model = copy.deepcopy(model).double()
    output = model(*(value.double() if value.is_floating_point() else value for value in inputs.values()))
    target = torch.sin(0.37 * torch.arange(output.numel(), dtype=torch.float64)).reshape(output.shape)
    loss = ((output - target) ** 2).mean()
    loss.backward()
    weights = {}
    for name, weight in model.named_parameters():
        gradient = weight.grad.flatten()
        direction = torch.sin(0.37 * torch.arange(gradient.numel(), dtype=torch.float64) + 1)
        weights[name] = [float(f"{gradient.norm().item():.7g}"), float(f"{(gradient @ direction).item():.7g}")]
    return {"loss": float(f"{loss.item():.9g}"), "weights": weights}


def names(file, model):
    """Which parameter each constant is, and whether transposed."""
    found = {}
    parameters = {name: weight.detach().numpy() for name, weight in model.named_parameters()}
    for constant in onnx.load(file).graph.initializer:
        if constant.name in parameters:
            found[constant.name] = [constant.name, False]
            continue
        value = onnx.numpy_helper.to_array(constant)
        for name, weight in parameters.items():
            if weight.ndim == 2 and value.shape == weight.T.shape and numpy.array_equal(value, weight.T):
                found[constant.name] = [name, True]
            elif value.shape == weight.shape and weight.size > 1 and numpy.array_equal(value, weight) and len(numpy.unique(weight)) > 1:
                found[constant.name] = [name, False]
    missing = set(parameters) - {name for name, _ in found.values()}
    if missing:
        sys.exit(f"{file}: no constant is {sorted(missing)}")
    return found


def main(folder):
    os.makedirs(folder, exist_ok=True)
    references, constants = {}, {}
    for seed, (network, (build, inputs)) in enumerate(NETWORKS.items()):
        torch.manual_seed(seed)
        kept = settle(build())
        forms = {"kept": kept, "folded": fuse(kept) if "image" in inputs else kept}
        references[network] = {form: reference(model, inputs) for form, model in forms.items() if form == "kept" or model is not kept}
        axes = {name: {0: "batch", **({} if name == "image" else {1: "sequence"})} for name in inputs}
        axes["output"] = {0: "batch", **({1: "sequence"} if network == "gpt2" else {})}
        for opset in OPSETS:
            model = forms["kept" if opset == 13 else "folded"]
            file = f"{network}-opset{opset}.onnx"
            training = torch.onnx.TrainingMode.PRESERVE if opset == 13 else torch.onnx.TrainingMode.EVAL
            torch.onnx.export(model, tuple(inputs.values()), os.path.join(folder, file), opset_version=opset, training=training, do_constant_folding=opset != 13 or "image" not in inputs,
                              input_names=list(inputs), output_names=["output"], dynamic_axes=axes)
            constants[file] = names(os.path.join(folder, file), model)
            print(file, file=sys.stderr)
    with open(os.path.join(folder, "names.json"), "w") as text:
        json.dump(constants, text, indent=0)
    lines = []
    for network, forms in references.items():
        for form, values in forms.items():
            weights = ",\n".join(f'{json.dumps(name)}: {json.dumps(pair)}' for name, pair in values["weights"].items())
            lines.append(f'"{network} {form}": {{"loss": {values["loss"]}, "weights": {{\n{weights}}}}}')
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "exports.json"), "w") as text:
        text.write("{\n" + ",\n".join(lines) + "\n}\n")


main(sys.argv[1])
