"""Trains the gate (crates/language/src/gate.rs) and writes models/gate.bin.

    python training/gate.py --ewt DIR --gum DIR [--out models/gate.bin]

Features come from the Rust code itself (example `gate_features`). A logistic regression tells sentences that hold an event or a quote from
others: those of the Demarche corpus' train part, and the quiet genres of the treebanks, in which hardly any event is told. Weights are rounded to 8-bit
integers. The score from which a sentence is let through is set on scores of sentences not learnt from (five folds), so that `--loss` of those with
an event are lost: less than may be, for sentences of articles, which lean on their neighbours, are lost more often.
"""

import argparse, json, os, random, struct, subprocess
from pathlib import Path

import torch
from torch.nn import functional as F

import events, treebank
from treebank import QUIET

BITS = 17
MAGIC = b"DMGATE\0\x01"


def write(path, weights, least):
    Path(path).write_bytes(MAGIC + struct.pack("<ii", BITS, least) + bytes(w & 255 for w in weights))


def features(lines, path, program):
    command = [program] if program else ["cargo", "run", "--quiet", "--release", "--manifest-path", str(events.ROOT / "Cargo.toml"), "-p", "demarche-language", "--example", "gate_features", "--"]
    text = "".join(" ".join(line.split()) + "\n" for line in lines)
    out = subprocess.run([*command, path], input=text, capture_output=True, text=True, check=True).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == len(lines), "one line of features for each text"
    return rows


def scores(weights, bias, rows):
    starts = torch.tensor([0] + [len(r) for r in rows[:-1]]).cumsum(0)
    return F.embedding_bag(torch.tensor([i for r in rows for i in r]), weights, starts, mode="sum")[:, 0] + bias


def fit(rows, labels, epochs=4):
    torch.manual_seed(1)
    weights, bias = torch.zeros(1 << BITS, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adam([weights, bias], lr=0.01)
    order = list(range(len(rows)))
    rng = random.Random(1)
    for _ in range(epochs):
        rng.shuffle(order)
        for i in range(0, len(order), 256):
            part = order[i : i + 256]
            loss = F.binary_cross_entropy_with_logits(scores(weights, bias, [rows[k] for k in part]), torch.tensor([labels[k] for k in part]))
            optimizer.zero_grad(); loss.backward(); optimizer.step()
    return weights.detach(), bias.detach()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--ewt", required=True); a.add_argument("--gum", required=True)
    a.add_argument("--out", default=str(events.ROOT / "models/gate.bin"))
    a.add_argument("--corpus", default=events.ROOT / "training/corpus/train")
    a.add_argument("--program", help="a built example `gate_features`; by default cargo builds and runs it")
    a.add_argument("--loss", type=float, default=0.001, help="share of sentences with an event that may be lost")
    args = a.parse_args()
    torch.set_num_threads(1)
    records = events.load(args.corpus)
    bank = treebank.read(f"{args.ewt}/en_ewt-ud-train.conllu", False) + treebank.read(f"{args.gum}/gum-open-train.conllu", True)
    quiet = ["".join(("" if g else " ") + f for f, g in zip(s.forms, s.glued)) for s in bank if s.genre in QUIET]
    empty = f"{args.out}.tmp"
    write(empty, [0] * (1 << BITS), 0)
    rows, labels, event = [], [], []
    # A record is one sentence; where the segmenter sees more, any of them may hold its event, so it is left out.
    for r, found in zip(records, features([r.text for r in records], empty, args.program)):
        if len(found) == 1:
            rows.append(found[0]); labels.append(float(bool(r.events or r.speech))); event.append(bool(r.events))
    for found in features(quiet, empty, args.program):
        rows += found; labels += [0.0] * len(found); event += [False] * len(found)
    rng = random.Random(2)
    folds = [rng.randrange(5) for _ in rows]
    held, scale = [], 32
    for fold in range(5):
        learn = [i for i in range(len(rows)) if folds[i] != fold]
        weights, bias = fit([rows[i] for i in learn], [labels[i] for i in learn])
        mine = [i for i in range(len(rows)) if folds[i] == fold]
        # Rounded as they will be; few weights are near 4, the most that fits.
        rounded = (weights * scale).round().clamp(-127, 127)
        held += zip((scores(rounded, (bias * scale).round(), [rows[i] for i in mine])).tolist(), mine)
    told = sorted(s for s, i in held if event[i])
    least = int(told[int(len(told) * args.loss)])
    calm = [s for s, i in held if not labels[i]]
    talk = [s for s, i in held if labels[i] and not event[i]]
    lost = lambda some: f"{100 * sum(s < least for s in some) / len(some):.2f} %"
    print(f"{len(rows)} sentences; held back of {len(told)} with an event {lost(told)}, of {len(talk)} with speech alone {lost(talk)}, of {len(calm)} with neither {lost(calm)}")
    weights, bias = fit(rows, labels)
    rounded = (weights[:, 0] * scale).round().clamp(-127, 127).int().tolist()
    write(empty, rounded, least - int((bias * scale).round()))
    os.replace(empty, args.out)


if __name__ == "__main__":
    main()
