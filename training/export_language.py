"""Writes the trained model as the ONNX graph that ships, int8 or fp32, with its `tail` weights and vocabularies.

Quantisation is static: activation scales are calibrated once on training sentences, so that the analysis of a
sentence hangs neither on its batch nor on the machine. Activations after a layer norm are first smoothed channel
by channel (SmoothQuant, Xiao et al. 2023), the inverse folded into the weights; weights carry one scale an output
channel; the word embeddings one a row.

    python export_language.py --run runs/events --base MODEL_DIR --ewt DIR --gum DIR --out ../models
"""

import argparse, hashlib, json, struct

import numpy as np
import onnx
import torch
from onnx import TensorProto as T, helper as H, numpy_helper as N

import events
import treebank
from model import LanguageModel
from train_events import by_type, is_dev
from train_language import batches, blocks, prepare, tensors
from wordpiece import WordPiece

QMAX = 127


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.count, self.shared = [], [], 0, {}

    def const(self, array, name=None):
        array = np.array(array, order="C")  # unlike ascontiguousarray, keeps scalars scalar
        key = (array.dtype.str, array.shape, array.tobytes()) if array.size < 16 else None
        if key in self.shared:
            return self.shared[key]
        name = name or f"c{len(self.weights)}"
        self.weights.append(N.from_array(array, name))
        if key:
            self.shared[key] = name
        return name

    def op(self, kind, *inputs, outputs=1, **attrs):
        names = [f"{kind.lower()}{self.count}_{i}" for i in range(outputs)]
        self.count += 1
        self.nodes.append(H.make_node(kind, list(inputs), names, **attrs))
        return names[0] if outputs == 1 else names

    def linear(self, x, weight, bias, quant=None):
        """`weight` is [out, in]. `quant` = (smooth [in] or None, low, high) of the smoothed input."""
        if quant is None:
            return self.op("Add", self.op("MatMul", x, self.const(weight.T.astype(np.float32))), self.const(bias.astype(np.float32)))
        smooth, low, high = quant
        w = weight.astype(np.float64)
        if smooth is not None:
            x = self.op("Mul", x, self.const((1 / smooth).astype(np.float32)))
            w = w * smooth[None, :]
        low, high = min(low, 0.0), max(high, 0.0)
        scale = (high - low) / 255
        zero = int(np.clip(round(-low / scale), 0, 255))
        w_scale = np.abs(w).max(1) / QMAX + 1e-12
        q = np.clip(np.round(w / w_scale[:, None]), -QMAX, QMAX).astype(np.int8)
        x = self.op("QuantizeLinear", x, self.const(np.float32(scale)), self.const(np.uint8(zero)))
        y = self.op("MatMulInteger", x, self.const(q.T), self.const(np.uint8(zero)))
        y = self.op("Mul", self.op("Cast", y, to=T.FLOAT), self.const((w_scale * scale).astype(np.float32)))
        return self.op("Add", y, self.const(bias.astype(np.float32)))


def calibrate(model, batch_list):
    """Per-channel absolute maxima and low and high percentiles of the input of every linear layer."""
    stats, hooks = {}, []

    def hook(name):
        def run(_, inputs):
            x = inputs[0].detach().float()
            x = x.reshape(-1, x.shape[-1])
            s = stats.setdefault(name, {"max": torch.zeros(x.shape[1]), "rows": []})
            s["max"] = torch.maximum(s["max"], x.abs().amax(0))
            if len(s["rows"]) < 40:
                s["rows"].append(x[torch.randperm(x.shape[0])[:256]])
        return run

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear):
            hooks.append(module.register_forward_pre_hook(hook(name)))
    # Padding is calibrated out by using batches of equal length only.
    with torch.no_grad():
        for batch in batch_list:
            model(*tensors(batch))
    for h in hooks:
        h.remove()
    return stats


def quant_of(stats, name, weight, smooth):
    s = stats[name]
    rows = torch.cat(s["rows"]).numpy()
    if not smooth:
        return None, float(np.quantile(rows, 0.00002)), float(np.quantile(rows, 0.99998))
    top = np.maximum(s["max"].numpy(), 1e-3)
    factor = top**0.6 / np.maximum(np.abs(weight).max(0), 1e-3) ** 0.4
    factor = factor / np.exp(np.log(factor).mean())
    rows = rows / factor
    bound = float(np.quantile(np.abs(rows), 0.99998))
    return factor, -bound, bound


def build(model, stats, int8):
    w = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    g = Graph()

    def linear(x, name, smooth=True, weight=None, bias=None):
        weight = w[name + ".weight"] if weight is None else weight
        bias = w[name + ".bias"] if bias is None else bias
        return g.linear(x, weight, bias, quant_of(stats, name, weight, smooth) if int8 else None)

    def norm(x, name):
        return g.op("LayerNormalization", x, g.const(w[name + ".weight"]), g.const(w[name + ".bias"]), axis=-1, epsilon=1e-12)

    table = w["encoder.word.weight"]
    if int8:
        scale = np.abs(table).max(1, keepdims=True) / QMAX + 1e-12
        rows = g.op("Gather", g.const(np.round(table / scale).astype(np.int8), "embeddings"), "ids", axis=0)
        word = g.op("Mul", g.op("Cast", rows, to=T.FLOAT), g.op("Gather", g.const(scale.astype(np.float32)), "ids", axis=0))
    else:
        word = g.op("Gather", g.const(table, "embeddings"), "ids", axis=0)
    x = g.op("Add", word, g.op("Gather", g.const(w["encoder.position.weight"]), "positions", axis=0))
    x = g.op("Add", x, g.op("Gather", g.const(w["encoder.case.weight"]), "case", axis=0))
    x = norm(x, "encoder.norm")
    heads = model.encoder.heads
    width = table.shape[1]
    split = g.const(np.array([0, 0, heads, width // heads], np.int64))
    join = g.const(np.array([0, 0, width], np.int64))
    for i in range(len(model.encoder.layers)):
        p = f"encoder.layers.{i}."
        weight, bias = w[p + "qkv.weight"].copy(), w[p + "qkv.bias"].copy()
        weight[:width] *= (width // heads) ** -0.5
        bias[:width] *= (width // heads) ** -0.5
        qkv = linear(x, p + "qkv", weight=weight, bias=bias)
        q, k, v = g.op("Split", qkv, g.const(np.array([width] * 3, np.int64)), outputs=3, axis=-1)
        q, v = (g.op("Transpose", g.op("Reshape", t, split), perm=[0, 2, 1, 3]) for t in (q, v))
        k = g.op("Transpose", g.op("Reshape", k, split), perm=[0, 2, 3, 1])
        attention = g.op("Softmax", g.op("Add", g.op("MatMul", q, k), "bias"), axis=-1)
        mixed = g.op("Reshape", g.op("Transpose", g.op("MatMul", attention, v), perm=[0, 2, 1, 3]), join)
        x = norm(g.op("Add", x, linear(mixed, p + "out", smooth=False)), p + "norm1")
        up = g.op("Gelu", linear(x, p + "up"))
        x = norm(g.op("Add", x, linear(up, p + "down", smooth=False)), p + "norm2")
    flat = g.op("Reshape", x, g.const(np.array([-1, width], np.int64)))
    h = g.op("Gather", flat, "words", axis=0)
    tags = linear(h, "upos", weight=np.concatenate([w[n + ".weight"] for n in ("upos", "feats", "lemma")]),
                  bias=np.concatenate([w[n + ".bias"] for n in ("upos", "feats", "lemma")]))
    z = g.op("Gelu", linear(h, "hidden"))
    pair = linear(z, "pair", smooth=False, weight=np.concatenate([w["pair.weight"], w["arc_bias.weight"]]),
                  bias=np.concatenate([w["pair.bias"], w["arc_bias.bias"]]))
    e = g.op("Gelu", linear(h, "event"))
    of = model.type_of.numpy()
    act, act_bias = w["act.weight"] + w["family.weight"][of], w["act.bias"] + w["family.bias"][of]
    told = linear(e, "act", smooth=False, weight=np.concatenate([act, w["role_word.weight"]]),
                  bias=np.concatenate([act_bias, w["role_word.bias"]]))
    g.nodes.append(H.make_node("Concat", [tags, pair, e, told], ["out"], axis=-1))
    inputs = [H.make_tensor_value_info(n, t, s) for n, t, s in (
        ("ids", T.INT32, ["b", "t"]), ("case", T.INT32, ["b", "t"]), ("positions", T.INT32, ["t"]),
        ("bias", T.FLOAT, ["b", 1, 1, "t"]), ("words", T.INT32, ["n"]))]
    graph = H.make_graph(g.nodes, "language", inputs, [H.make_tensor_value_info("out", T.FLOAT, ["n", "d"])], g.weights)
    proto = H.make_model(graph, opset_imports=[H.make_opsetid("", 20)], producer_name="demarche", ir_version=9)
    onnx.checker.check_model(proto)
    return proto


@torch.no_grad()
def temperature(model, items, vocab):
    """What the scores of acts are divided by, so that probabilities of types are honest on sentences not trained on (Guo et al., ICML 2017)."""
    layout, type_of = model.layout({k: len(v) for k, v in vocab.items()}), torch.tensor(events.types(vocab))
    logits, gold = [], []
    for batch in batches(items, 4096, False):
        act = blocks(model(*tensors(batch)).float(), layout)["act"]
        row = 0
        for x in batch:
            told = torch.zeros(len(x["first"]) - 1, dtype=torch.long)
            for e in x["events"]:
                told[e[0]] = e[1]
            logits.append(act[row + 1 : row + len(x["first"])])
            gold.append(told)
            row += len(x["first"])
    logits, gold = torch.cat(logits), type_of[torch.cat(gold)]
    # Words that are surely none tell nothing of the honesty of the others.
    near = logits.softmax(-1)[:, 0] < 0.99
    loss = lambda t: torch.nn.functional.cross_entropy(by_type(logits[near] / t, type_of, len(vocab["types"])), gold[near]).item()
    return min((round(0.5 + 0.02 * i, 2) for i in range(100)), key=loss)


TAIL = ["rel_out.weight", "rel_out.bias", "kind_out.weight", "kind_out.bias", "span_bias"]
TAIL += [f"{head}.{part}" for head in ("status", "context", "role_trigger", "role_bias") for part in ("weight", "bias")]


def main():
    a = argparse.ArgumentParser()
    for n in ("run", "base", "ewt", "gum", "out"):
        a.add_argument("--" + n, required=True)
    a.add_argument("--fp32", action="store_true", help="also write language-fp32.onnx, for comparison only")
    a.add_argument("--words", help="a built example `words`; by default cargo builds and runs it")
    a.add_argument("--threads", type=int, default=2)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    vocab = json.load(open(f"{args.run}/vocab.json"))
    sizes = {k: len(v) for k, v in vocab.items()}
    model = LanguageModel(sizes)
    model.load_state_dict(torch.load(f"{args.run}/ema.pt"))
    model.type_of.copy_(torch.tensor(events.types(vocab)))
    model.eval()
    pieces = WordPiece(f"{args.base}/vocab.txt")
    sample = treebank.read(f"{args.ewt}/en_ewt-ud-train.conllu", False)[::9] + treebank.read(f"{args.gum}/gum-open-train.conllu", True)[::9]
    own_records = events.load(sorted((events.ROOT / "training/corpus/train").glob("*.txt")))
    items = prepare(sample, vocab, pieces) + events.prepare(own_records[::6], vocab, pieces, args.words)
    items.sort(key=lambda x: len(x["ids"]))
    groups = {}
    for x in items:
        groups.setdefault(len(x["ids"]), []).append(x)
    equal = [g[i : i + 24] for g in groups.values() for i in range(0, len(g), 24)]
    equal = equal[:: max(1, len(equal) // 60)]
    torch.manual_seed(0)
    stats = calibrate(model, equal)
    onnx.save(build(model, stats, True), f"{args.out}/language.onnx")
    if args.fp32:
        onnx.save(build(model, stats, False), f"{args.run}/language-fp32.onnx")
    # The tail: magic, version, layout, vocabularies as JSON, then little-endian f32 tensors.
    state = {k: v.float().numpy() for k, v in model.state_dict().items()}
    dev = events.prepare([r for r in own_records if is_dev(r)], vocab, pieces, args.words)
    header = {"version": 2, "temperature": temperature(model, dev, vocab), "layout": model.layout(sizes), "vocab": vocab,
              "tensors": [[n, list(state[n].shape)] for n in TAIL],
              "model_sha256": hashlib.sha256(open(f"{args.out}/language.onnx", "rb").read()).hexdigest()}
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join(state[n].astype("<f4").tobytes() for n in TAIL)
    with open(f"{args.out}/language.tail", "wb") as f:
        f.write(b"DMCHTAIL" + struct.pack("<II", 2, len(head)) + head + body)
    print(header["model_sha256"])


if __name__ == "__main__":
    main()
