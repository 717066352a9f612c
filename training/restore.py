"""Makes a run of a shipped model, for training to go on from: python restore.py --model DIR --base DIR --out DIR

The graphs have their weights in int8; a run has floats. Word and position tables never train, so they are the base's.
Writes what train.py leaves (final.pt, args.json), and the parts that same.py and whose.py train (same.pt, whose.pt), so
that export.py gives the same graphs again. All annotators begin with the gold's habits, the only ones that are shipped.
"""
import argparse
import json
import pathlib

import onnx
import torch
from onnx import numpy_helper

import same
import whose
from model import Base, Network


class Graph:
    """A graph's weights by the names that its module gave them."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.values = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in graph.initializer}
        self.readers = {}
        for node in graph.node:
            for name in node.input:
                self.readers.setdefault(name, []).append(node)
        self.weights, self.folded = {}, []
        loose = []
        for node in graph.node:
            name = next((n for n in node.input if n.endswith("_quantized") and n in self.values), None)
            if node.op_type == "MatMulInteger" and name is None or node.op_type not in ("MatMulInteger", "MatMul"):
                continue
            name = name or next((n for n in node.input if n in self.values), None)
            if name is None or ".word." in name or ".position." in name:
                continue
            bias = self.bias(node.output[0])
            value = self.floats(name)
            if name.startswith(("onnx::", "net.arc")) and bias:
                self.weights[bias.removesuffix(".bias") + ".weight"] = value.T
            elif name.startswith("net.arc"):
                self.weights["net.arc"] = value
            else:
                loose.append(value)
        for name, value in self.values.items():
            if name.endswith((".bias", ".weight")):
                self.weights[name] = value
            elif name.startswith(("onnx::Add", "onnx::Mul")) and value.dtype == torch.float32 and value.ndim == 1 and "_scale" not in name:
                self.folded.append(value)
        self.loose = loose

    def bias(self, output):
        """Returns the name of the bias that is added to a product, through the scaling between."""
        for _ in range(4):
            readers = self.readers.get(output, [])
            if len(readers) != 1:
                return None
            node = readers[0]
            if node.op_type == "Add":
                return next((n for n in node.input if n in self.values and n.endswith(".bias")), None)
            if node.op_type not in ("Cast", "Mul"):
                return None
            output = node.output[0]
        return None

    def floats(self, name):
        value = self.values[name].float()
        if not name.endswith("_quantized"):
            return value
        plain = name.removesuffix("_quantized")
        return (value - self.values[f"{plain}_zero_point"].float()) * self.values[f"{plain}_scale"]

    def under(self, prefix):
        return {k.removeprefix(prefix): v for k, v in self.weights.items() if k.startswith(prefix)}


def only(values):
    assert len(values) == 1, f"expected one vector, found {len(values)}"
    return values[0]


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--model", required=True)
    ap.add_argument("--base", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    model, out = pathlib.Path(args.model), pathlib.Path(args.out)
    encoder, reader, asked, pairs = (Graph(model / f"{name}.onnx") for name in ("encoder", "reader", "whose", "pairs"))
    labels = json.loads((model / "labels.json").read_text())
    base = Base(args.base)
    weights = encoder.under("net.") | reader.under("net.") | {"others.weight": only(encoder.loose).T}
    shared = len({k.split(".")[1] for k in weights if k.startswith("lower.")})
    net = Network(base, shared)
    # Habits and mark reach the graphs as one vector each; all annotators begin with the gold's.
    weights["annotator.weight"] = only(encoder.folded).expand_as(net.annotator.weight).clone()
    weights["mark"] = only(reader.folded)
    untrained = net.load_state_dict(weights, strict=False)
    assert not untrained.unexpected_keys, untrained
    assert set(untrained.missing_keys) <= {"word.weight", "position.weight", "annotates.weight", "certain.weight", "certain.bias"}, untrained
    out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), out / "final.pt")
    (out / "args.json").write_text(json.dumps({"shared": shared, "reach": labels["reach"]}))
    scorer = same.Pairs(base.width)
    scorer.load_state_dict(reader.under("pairs.") | pairs.under("pairs."))
    torch.save(scorer.state_dict(), out / "same.pt")
    mentions = whose.Whose(net)
    missing = mentions.load_state_dict(asked.under("reader.") | {"mark": only(asked.folded)}, strict=False)
    assert not missing.unexpected_keys and all(k.startswith(("sectors", "scopes")) for k in missing.missing_keys), missing
    torch.save({"reader": mentions.state_dict(), "reach": labels["whose_reach"]}, out / "whose.pt")


if __name__ == "__main__":
    main()
