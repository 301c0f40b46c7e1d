"""The file of the encoder's weights, laid out as the program reads it: `language.encoder`.

`DMCHENCO`, version and header length as little-endian u32, a JSON header, then the tensors that it lists, in order and
little-endian. Header and tensors are each filled up with zeros to a multiple of 64 bytes.

A linear layer `name` is five tensors. `name.weight` holds int8 in panels of 64 output columns (the last one narrower,
filled up with zero columns to a multiple of 16), in each panel four inputs of every column, then the next four.
`name.start` (i32) is what a sum starts with: minus the zero point times the column's weights. An output is the sum
times `name.scale` plus `name.bias`. `name.input` turns an input of the layer into steps of its quantisation.

`heads` are the layers after the encoder: each reads the encoder's rows or an earlier head (`from`), may pass through
GELU, and may stand in the output row from `column` on.
"""

import json, struct

import numpy as np

VERSION = 1
PANEL, LANES, GROUP, ALIGN = 64, 16, 4, 64
KINDS = {"f32": "<f4", "i32": "<i4", "i8": "i1"}


class EncoderFile:
    def __init__(self, width, attention_heads, inner, layers):
        self.header = {"width": width, "attention_heads": attention_heads, "inner": inner, "layers": layers,
                       "linear": {}, "heads": [], "columns": 0, "tensors": []}
        self.body = []

    def tensor(self, name, kind, array):
        array = np.ascontiguousarray(array, KINDS[kind])
        self.header["tensors"].append([name, kind, array.size])
        self.body.append(padded(array.tobytes()))

    def linear(self, name, weight, weight_scale, bias, scale, zero, smooth=None):
        """`weight` is int8 [out, in] with a scale a row; the input is divided by `smooth`, then by `scale`."""
        outputs, inputs = weight.shape
        self.header["linear"][name] = {"inputs": inputs, "outputs": outputs, "zero": int(zero)}
        self.tensor(name + ".weight", "i8", pack(weight))
        self.tensor(name + ".start", "i32", -int(zero) * weight.astype(np.int64).sum(1))
        self.tensor(name + ".scale", "f32", weight_scale * scale)
        self.tensor(name + ".bias", "f32", bias)
        self.tensor(name + ".input", "f32", 1 / (scale * (np.ones(inputs) if smooth is None else smooth)))

    def head(self, name, source=None, gelu=False, column=None):
        """Names a linear layer as head; `source` is the name of an earlier head."""
        names = [h["name"] for h in self.header["heads"]]
        self.header["heads"].append({"name": name, "from": None if source is None else names.index(source),
                                     "gelu": gelu, "column": column})
        if column is not None:
            self.header["columns"] = max(self.header["columns"], column + self.header["linear"][name]["outputs"])

    def bytes(self):
        head = json.dumps(self.header, separators=(",", ":")).encode()
        return padded(b"DMCHENCO" + struct.pack("<II", VERSION, len(head)) + head) + b"".join(self.body)


def padded(data):
    return data + bytes(-len(data) % ALIGN)


def pack(weight):
    outputs, inputs = weight.shape
    assert inputs % GROUP == 0
    full = np.zeros((outputs + -outputs % LANES, inputs), np.int8)
    full[:outputs] = weight
    panels = (full[at : at + PANEL] for at in range(0, len(full), PANEL))
    return np.concatenate([p.reshape(len(p), -1, GROUP).transpose(1, 0, 2).ravel() for p in panels])
