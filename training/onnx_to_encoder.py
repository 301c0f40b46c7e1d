"""Turns an ONNX graph as `export_language.py` wrote it before version 1 of the encoder's file into that file.

    python onnx_to_encoder.py --onnx language.onnx --tail language.tail --out ../models
"""

import argparse, hashlib, json, struct

import numpy as np
import onnx
from onnx import numpy_helper as N

from encoder_file import EncoderFile


class Graph:
    def __init__(self, proto):
        self.weights = {i.name: N.to_array(i) for i in proto.initializer}
        self.nodes = list(proto.node)
        self.of = {o: n for n in self.nodes for o in n.output}

    def linear(self, product):
        """The layer around a `MatMulInteger`: what `EncoderFile.linear` wants, and its last node's output."""
        w, quantise = self.weights, self.of[product.input[0]]
        scale, zero = w[quantise.input[1]], w[quantise.input[2]]
        before = self.of.get(quantise.input[0])
        smooth = None
        if before is not None and before.op_type == "Mul" and before.input[1] in w:
            smooth = 1 / w[before.input[1]].astype(np.float64)
        cast = self.after(product, "Cast")
        times = self.after(cast, "Mul")
        plus = self.after(times, "Add")
        both = w[times.input[1]].astype(np.float64)
        return (w[product.input[1]].T, both / float(scale), w[plus.input[1]], float(scale), int(zero), smooth), plus

    def after(self, node, kind):
        return next(n for n in self.nodes if n.op_type == kind and node.output[0] in n.input)


def convert(proto):
    g = Graph(proto)
    w = g.weights
    products = [n for n in g.nodes if n.op_type == "MatMulInteger"]
    norms = [n for n in g.nodes if n.op_type == "LayerNormalization"]
    split = next(n for n in g.nodes if n.op_type == "Reshape")
    shape = w[split.input[1]]
    layers = (len(norms) - 1) // 2
    width, heads = int(shape[2] * shape[3]), int(shape[2])
    out = EncoderFile(width, heads, w[products[2].input[1]].shape[1], layers)
    gathers = [n for n in g.nodes if n.op_type == "Gather"]
    for name, kind, node in zip(("word", "word.scale", "position", "case"), ("i8", "f32", "f32", "f32"), gathers):
        out.tensor(name, kind, w[node.input[0]])
    names = ["norm"] + [f"{i}.{n}" for i in range(layers) for n in ("norm1", "norm2")]
    for name, node in zip(names, norms, strict=True):
        out.tensor(name + ".weight", "f32", w[node.input[1]])
        out.tensor(name + ".bias", "f32", w[node.input[2]])
    for rank, name in enumerate(f"{i}.{n}" for i in range(layers) for n in ("qkv", "out", "up", "down")):
        out.linear(name, *g.linear(products[rank])[0])
    heads = {}
    for rank, product in enumerate(products[4 * layers :]):
        numbers, last = g.linear(product)
        name = f"head{rank}"
        out.linear(name, *numbers)
        heads[last.output[0]] = (name, product, len(numbers[0]))
    concat = g.nodes[-1]
    columns, at = {}, 0
    ends = {}
    for end, (name, product, size) in heads.items():
        gelu = [n for n in g.nodes if n.op_type == "Gelu" and end in n.input]
        ends[name] = gelu[0].output[0] if gelu else end
    for block in concat.input:
        name = next(n for n, e in ends.items() if e == block)
        columns[name] = at
        at += next(size for n, _, size in heads.values() if n == name)
    for end, (name, product, _) in heads.items():
        quantised = g.of[product.input[0]]
        source = next((n for n, e in ends.items() if e == quantised.input[0]), None)
        out.head(name, source, ends[name] != end, columns.get(name))
    return out.bytes()


def main():
    a = argparse.ArgumentParser()
    for n in ("onnx", "tail", "out"):
        a.add_argument("--" + n, required=True)
    args = a.parse_args()
    data = convert(onnx.load(args.onnx).graph)
    tail = open(args.tail, "rb").read()
    (length,) = struct.unpack("<I", tail[12:16])
    header = json.loads(tail[16 : 16 + length])
    header["model_sha256"] = hashlib.sha256(data).hexdigest()
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    with open(f"{args.out}/language.encoder", "wb") as f:
        f.write(data)
    with open(f"{args.out}/language.tail", "wb") as f:
        f.write(tail[:12] + struct.pack("<I", len(head)) + head + tail[16 + length :])
    print(header["model_sha256"])


if __name__ == "__main__":
    main()
