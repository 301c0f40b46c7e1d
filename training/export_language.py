"""Writes the trained model as the files that ship: the encoder in 8-bit integers, and its `tail` of vocabularies and last layers.

Quantisation is static: activation scales are calibrated once on training sentences, so that the analysis of a
sentence hangs neither on its batch nor on the machine. Activations after a layer norm are first smoothed channel
by channel (SmoothQuant, Xiao et al. 2023), the inverse folded into the weights; weights carry one scale an output
channel; the word embeddings one a row. `encoder_file.py` says how the file is laid out.

    python export_language.py --run runs/model --base MODEL_DIR --ewt DIR --gum DIR --out ../models
"""

import argparse, hashlib, json, struct

import numpy as np
import torch

import events
import treebank
from encoder_file import EncoderFile
from model import LanguageModel
from train import is_dev
from language import each, prepare, tensors
from wordpiece import WordPiece

QMAX = 127


def linear(file, name, weight, bias, quant):
    """Adds a linear layer. `weight` is [out, in]. `quant` = (smooth [in] or None, low, high) of the smoothed input."""
    smooth, low, high = quant
    w = weight.astype(np.float64)
    if smooth is not None:
        w = w * smooth[None, :]
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / 255
    zero = int(np.clip(round(-low / scale), 0, 255))
    w_scale = np.abs(w).max(1) / QMAX + 1e-12
    q = np.clip(np.round(w / w_scale[:, None]), -QMAX, QMAX).astype(np.int8)
    file.linear(name, q, w_scale, bias, scale, zero, smooth)


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


def build(model, stats):
    w = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    encoder = model.encoder
    table = w["encoder.word.weight"]
    width, heads = table.shape[1], encoder.layers[0].heads
    file = EncoderFile(width, heads, encoder.layers[0].up.out_features, len(encoder.layers))

    def layer(name, module, smooth=True, weight=None, bias=None):
        """A layer of the file made of a module of the model; `weight` and `bias` stand for its own."""
        weight = w[module + ".weight"] if weight is None else weight
        bias = w[module + ".bias"] if bias is None else bias
        linear(file, name, weight, bias, quant_of(stats, module, weight, smooth))

    def joined(name, modules, smooth=True):
        """Layers that read the same, as one."""
        weight, bias = (np.concatenate([w[f"{m}.{part}"] for m in modules]) for part in ("weight", "bias"))
        layer(name, modules[0], smooth, weight, bias)

    def norm(name, module):
        file.tensor(name + ".weight", "f32", w[module + ".weight"])
        file.tensor(name + ".bias", "f32", w[module + ".bias"])

    scale = np.abs(table).max(1, keepdims=True) / QMAX + 1e-12
    file.tensor("word", "i8", np.round(table / scale).astype(np.int8))
    file.tensor("word.scale", "f32", scale)
    file.tensor("position", "f32", w["encoder.position.weight"])
    file.tensor("case", "f32", w["encoder.case.weight"])
    norm("norm", "encoder.norm")
    for i in range(len(encoder.layers)):
        p = f"encoder.layers.{i}."
        weight, bias = w[p + "qkv.weight"].copy(), w[p + "qkv.bias"].copy()
        weight[:width] *= (width // heads) ** -0.5
        bias[:width] *= (width // heads) ** -0.5
        layer(f"{i}.qkv", p + "qkv", weight=weight, bias=bias)
        layer(f"{i}.out", p + "out", smooth=False)
        norm(f"{i}.norm1", p + "norm1")
        layer(f"{i}.up", p + "up")
        layer(f"{i}.down", p + "down", smooth=False)
        norm(f"{i}.norm2", p + "norm2")
    # The heads, in the order of `LanguageModel.layout`.
    joined("tags", ["upos", "feats", "lemma"])
    file.head("tags", column=0)
    layer("hidden", "hidden")
    file.head("hidden", gelu=True)
    joined("pair", ["pair", "arc_bias"], smooth=False)
    file.head("pair", source="hidden", column=file.header["columns"])
    layer("event", "event")
    file.head("event", gelu=True, column=file.header["columns"])
    of = model.type_of.numpy()
    act, act_bias = w["act.weight"] + w["family.weight"][of], w["act.bias"] + w["family.bias"][of]
    layer("told", "act", smooth=False, weight=np.concatenate([act, w["role_word.weight"]]),
          bias=np.concatenate([act_bias, w["role_word.bias"]]))
    file.head("told", source="event", column=file.header["columns"])
    return file.bytes()


@torch.no_grad()
def temperature(model, items, vocab):
    """What the scores of acts are divided by, so that probabilities of types are honest on sentences not trained on (Guo et al., ICML 2017)."""
    logits, gold = [], []
    for x, p, a, b in each(model, items):
        told = torch.zeros(b - a - 1, dtype=torch.long)
        for e in x["events"]:
            told[e.word] = e.act
        logits.append(p["act"][a + 1 : b])
        gold.append(told)
    logits, gold = torch.cat(logits), model.type_of[torch.cat(gold)]
    # Words that are surely none tell nothing of the honesty of the others.
    near = logits.softmax(-1)[:, 0] < 0.99
    loss = lambda t: torch.nn.functional.cross_entropy(model.by_type(logits[near] / t), gold[near]).item()
    return min((round(0.5 + 0.02 * i, 2) for i in range(100)), key=loss)


TAIL = ["rel_out.weight", "rel_out.bias", "kind_out.weight", "kind_out.bias", "span_bias"]
TAIL += [f"{head}.{part}" for head in ("status", "context", "role_trigger", "role_bias") for part in ("weight", "bias")]


def main():
    a = argparse.ArgumentParser()
    for n in ("run", "base", "ewt", "gum", "out"):
        a.add_argument("--" + n, required=True)
    a.add_argument("--corpus", default=str(events.ROOT / "training/corpus/train"))
    a.add_argument("--words", help="a built example `words`; by default cargo builds and runs it")
    a.add_argument("--threads", type=int, default=2)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    vocab = json.load(open(f"{args.run}/vocab.json"))
    sizes = {k: len(v) for k, v in vocab.items()}
    model = LanguageModel(sizes)
    model.load_state_dict(torch.load(f"{args.run}/ema.pt"))
    model.know_types(events.types(vocab))
    model.eval()
    pieces = WordPiece(f"{args.base}/vocab.txt")
    sample = treebank.read(f"{args.ewt}/en_ewt-ud-train.conllu", False)[::9] + treebank.read(f"{args.gum}/gum-open-train.conllu", True)[::9]
    own_records = events.load(args.corpus)
    items = prepare(sample, vocab, pieces) + events.prepare(own_records[::6], vocab, pieces, args.words)
    items.sort(key=lambda x: len(x["ids"]))
    groups = {}
    for x in items:
        groups.setdefault(len(x["ids"]), []).append(x)
    equal = [g[i : i + 24] for g in groups.values() for i in range(0, len(g), 24)]
    equal = equal[:: max(1, len(equal) // 60)]
    torch.manual_seed(0)
    stats = calibrate(model, equal)
    data = build(model, stats)
    with open(f"{args.out}/language.encoder", "wb") as f:
        f.write(data)
    # The tail: magic, version, layout, vocabularies as JSON, then little-endian f32 tensors.
    state = {k: v.float().numpy() for k, v in model.state_dict().items()}
    dev = events.prepare([r for r in own_records if is_dev(r)], vocab, pieces, args.words)
    header = {"version": 2, "temperature": temperature(model, dev, vocab), "layout": model.layout(sizes), "vocab": vocab,
              "tensors": [[n, list(state[n].shape)] for n in TAIL],
              "model_sha256": hashlib.sha256(data).hexdigest()}
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join(state[n].astype("<f4").tobytes() for n in TAIL)
    with open(f"{args.out}/language.tail", "wb") as f:
        f.write(b"DMCHTAIL" + struct.pack("<II", 2, len(head)) + head + body)
    print(header["model_sha256"])


if __name__ == "__main__":
    main()
