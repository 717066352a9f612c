"""Writes the network as ONNX graphs and its lists of labels: python export.py --run DIR --same FILE --whose FILE --base DIR
--to DIR

encoder.onnx takes one window's piece ids and gives the lower layers' output and every word head; reader.onnx takes a
stretch of that output with one trigger marked, whose.onnx one with a mention marked; pairs.onnx takes what the reader
made of triggers, two by two, and stays float. Elsewhere matrix products and the word table are int8 (dynamic
quantisation, per column); everything else stays float.
"""
import argparse
import json
import pathlib
import shutil
import tempfile

import numpy as np
import onnx
import torch
import torch.nn as nn
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

import data as D
import same
import whose
from model import Base, Network


class Encoder(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, ids):
        net = self.net
        low, high = net.encode(ids, torch.ones_like(ids))
        words = net.syntax(low, high)
        return (net.ground(low, high), net.types(high), net.mentions(high), net.sectors(high), net.pos(words),
                net.relations(words), net.starts(words), net.arcs(words))


class Reader(nn.Module):
    def __init__(self, net, pairs):
        super().__init__()
        self.net, self.pairs = net, pairs

    def forward(self, low, marked):
        net = self.net
        x = net.read(low, marked, torch.ones_like(marked))
        return net.roles(x), net.modes(x), net.status(x), net.stance(x), net.when(x), net.kind(x), self.pairs.view(x)


class Pairs(nn.Module):
    def __init__(self, pairs):
        super().__init__()
        self.pairs = pairs

    def forward(self, first, second, facts):
        return self.pairs(first, second, facts)[..., None]


class Whose(nn.Module):
    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, low, marked):
        words, _, _ = self.reader(low, marked, torch.ones_like(marked))
        return words[..., :1], words[..., 1:]


def whole_sums(weight):
    """Returns a matrix in int8 and the scale of each column.

    Processors without VNNI add the products of two neighbours down a column in 16 bits. So neighbours of one sign stay at
    128 together: 255 * 128 fits, and every processor computes the same. Of the scales between that which needs no
    cutting and that of the largest weight, each column has the one that errs least."""
    padded = np.concatenate([weight, np.zeros_like(weight[:len(weight) % 2])])
    pairs = padded.reshape(-1, 2, weight.shape[1])
    largest = np.abs(weight).max(0)
    together = np.maximum(pairs.clip(min=0).sum(1).max(0), -pairs.clip(max=0).sum(1).min(0))
    best = None
    for share in np.linspace(0, 1, 9):
        scale = np.maximum((largest + share * np.maximum(together - largest, 0)) / 127, 1e-12)
        small = np.rint(pairs / scale).clip(-127, 127)
        over = np.maximum(np.abs(small.sum(1)) - 128, 0) * (small[:, 0] * small[:, 1] > 0)
        first = np.minimum(np.ceil(over / 2), np.abs(small[:, 0]))
        small -= np.sign(small) * np.stack([first, over - first], 1)
        error = ((small * scale - pairs) ** 2).sum((0, 1))
        if best is None:
            best = small, scale, error
        else:
            better = error < best[2]
            best = tuple(np.where(better, new, old) for new, old in zip((small, scale, error), best, strict=True))
    return best[0].reshape(padded.shape)[:len(weight)].astype(np.int8), best[1].astype(np.float32)


def narrowed(model, plain):
    """Puts every int8 matrix of a quantised graph in a form that no processor's sums overflow."""
    floats = {i.name: i for i in plain.graph.initializer}
    graph = {i.name: i for i in model.graph.initializer}
    for name, value in graph.items():
        weight = floats.get(name.removesuffix("_quantized"))
        if name.endswith("_quantized") and value.data_type == onnx.TensorProto.INT8 and weight is not None:
            small, scale = whole_sums(numpy_helper.to_array(weight))
            scales = graph[f"{weight.name}_scale"]
            value.CopyFrom(numpy_helper.from_array(small, name))
            scales.CopyFrom(numpy_helper.from_array(scale.reshape(scales.dims), scales.name))


def write(module, inputs, names, outputs, axes, to, exact):
    with tempfile.TemporaryDirectory() as tmp:
        plain = pathlib.Path(tmp) / "plain.onnx"
        torch.onnx.export(module, inputs, str(plain), input_names=names, output_names=outputs, dynamic_axes=axes,
                          opset_version=17, dynamo=False)
        if exact:
            shutil.copy(plain, to)
        else:
            quantize_dynamic(str(plain), str(to), weight_type=QuantType.QInt8, per_channel=True,
                             op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True})
        model = onnx.load(str(to))
        if not exact:
            narrowed(model, onnx.load(str(plain)))
    model.producer_name, model.doc_string = "casus", ""
    for node in model.graph.node:   # what the exporter says of the machine it ran on
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(model, str(to))


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", required=True)
    ap.add_argument("--same", required=True, help="what same.py trained on that run")
    ap.add_argument("--whose", required=True, help="what whose.py trained on that run")
    ap.add_argument("--base", required=True)
    ap.add_argument("--to", required=True)
    ap.add_argument("--float", action="store_true", help="leave the weights as they are, to see what int8 costs")
    args = ap.parse_args()
    base = Base(args.base)
    net, settings = Network.trained(base, args.run)
    pairs = same.Pairs(base.width)
    pairs.load_state_dict(torch.load(args.same))
    pairs.eval()
    asked = torch.load(args.whose)
    reader = whose.Whose(net)
    reader.load_state_dict(asked["reader"])
    reader.eval()
    to = pathlib.Path(args.to)
    to.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (1, 40))
    with torch.no_grad():
        write(Encoder(net), (ids,), ["ids"], ["low", "types", "mentions", "sectors", "pos", "relations", "starts", "arcs"],
              {"ids": {1: "n"}}, to / "encoder.onnx", args.float)
        low = net.ground(*net.encode(ids, torch.ones_like(ids)))
        marked = torch.zeros(1, 40)
        marked[0, 3] = 1
        write(Reader(net, pairs), (low, marked), ["low", "marked"], ["roles", "modes", "status", "stance", "when", "kind", "state"],
              {"low": {1: "n"}, "marked": {1: "n"}}, to / "reader.onnx", args.float)
        write(Whose(reader), (low, marked), ["low", "marked"], ["homes", "same"],
              {"low": {1: "n"}, "marked": {1: "n"}}, to / "whose.onnx", args.float)
        two = (torch.zeros(1, 5, same.WIDTH), torch.zeros(1, 5, same.WIDTH), torch.zeros(1, 5, same.FACTS))
        write(Pairs(pairs), two, ["first", "second", "facts"], ["same"],
              {k: {1: "n"} for k in ("first", "second", "facts")}, to / "pairs.onnx", True)
    (to / "vocabulary.txt").write_text("\n".join(base.vocabulary) + "\n", encoding="utf-8")
    labels = {"types": ["none", *D.TYPES], "mentions": D.MENTIONS, "sectors": D.SECTORS, "pos": D.POS,
              "relations": D.RELATIONS, "roles": D.ROLES, "modes": D.MODES, "statuses": D.STATUSES,
              "stances": D.STANCES, "whens": D.WHENS, "reach": settings["reach"], "whose_reach": asked["reach"]}
    (to / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")


if __name__ == "__main__":
    main()
