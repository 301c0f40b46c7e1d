"""Trains the language model with its heads for events: the treebanks and the Demarche corpus together, from the pretrained encoder.

    python train.py --ewt DIR --gum DIR --base MODEL_DIR --out runs/model

Checkpoints every epoch; a rerun goes on from the last. A twentieth of the corpus' train part, chosen by the hash of its text, is
kept for `dev`; the test part is scored with the program that ships.
"""

import argparse, hashlib, json, os, random, time
from pathlib import Path

import torch
from torch.nn import functional as F

import events, treebank
from loop import Loop
from model import LanguageModel, answers, load_pretrained
from language import IGNORE, batches, each, evaluate, loss_of, predict, prepare, tensors
from wordpiece import WordPiece

HERE = Path(__file__).resolve().parent


# Of the parts of the loss. Acts and roles are sums over words, so they weigh more than their factors say.
WEIGHTS = {"act": 0.4, "type": 0.4, "role": 0.1, "status": 0.3, "context": 0.15}


# Genres of the treebanks in which no political event is told, or hardly one.
QUIET = {"answers", "email", "reviews", "academic", "textbook", "vlog", "voyage"}


# Of what the teacher sees, beside the treebanks' own loss.
SILVER = 0.7


def is_dev(record):
    return hashlib.sha256(record.text.encode()).digest()[0] < 13


def by_type(logits, model):
    """Log odds of types: each the log of the sum over its acts."""
    return torch.stack([logits[:, model.type_of == t].logsumexp(-1) for t in range(model.family.out_features)], -1)


def event_loss(model, batch, p):
    sizes = [len(x["first"]) for x in batch]
    starts = [sum(sizes[:i]) for i in range(len(batch))]
    word_rows = torch.tensor([r for a, n in zip(starts, sizes) for r in range(a + 1, a + n)])
    acts, kinds = torch.zeros(sum(sizes), dtype=torch.long), torch.zeros(sum(sizes), dtype=torch.long)
    told = [(a + 1 + e.word, e) for x, a in zip(batch, starts) for e in x["events"]]
    for row, e in told:
        acts[row], kinds[row] = e.act, e.type
    n = len(told)
    scale = 1 / (n + 0.5 * len(batch))
    act = p["act"][word_rows]
    total = WEIGHTS["act"] * F.cross_entropy(act, acts[word_rows], reduction="sum", ignore_index=IGNORE) * scale
    total += WEIGHTS["type"] * F.cross_entropy(by_type(act, model), kinds[word_rows], reduction="sum") * scale
    if not told:
        return total
    e = p["event"][torch.tensor([row for row, _ in told])]
    role = 0.0
    for x, words, asked in zip(batch, p["role_word"].split(sizes), model.queries(e).split([len(x["events"]) for x in batch])):
        if not x["events"]:
            continue
        target, known = (torch.zeros(len(x["events"]), len(events.ROLES), len(words) - 1) for _ in range(2))
        for i, event in enumerate(x["events"]):
            known[i, [events.ROLES.index(name) for name in event.annotated]] = 1
            for name, found in event.roles.items():
                for span in found:
                    target[i, events.ROLES.index(name), span] = 1
        role = role + F.binary_cross_entropy_with_logits(answers(asked, words[1:]), target, weight=known, reduction="sum")
    total += WEIGHTS["role"] * role / n
    status = torch.tensor([event.status for _, event in told])
    if (status != IGNORE).any():
        total += WEIGHTS["status"] * F.cross_entropy(model.status(e), status, ignore_index=IGNORE)
    named = [i for i, (_, event) in enumerate(told) if event.contexts is not None]
    if named:
        target = torch.zeros(len(named), model.context.out_features)
        for i, k in enumerate(named):
            target[i, told[k][1].contexts] = 1
        total += WEIGHTS["context"] * F.binary_cross_entropy_with_logits(model.context(e[named]), target, reduction="sum") / len(named)
    return total


def tree_loss(model, batch, p):
    """What the treebanks teach, and that nothing political happens in their quiet genres."""
    total = loss_of(model, batch, p)
    quiet = [x["sentence"].genre in QUIET for x in batch]
    rows = [q for x, q in zip(batch, quiet) for q in [False] + [q] * (len(x["first"]) - 1)]
    act = p["act"][torch.tensor(rows)]
    if len(act):
        # Talk may stand there, with its speaker: only events are forbidden.
        total += WEIGHTS["act"] * -torch.logsumexp(act.log_softmax(-1)[:, :2], -1).sum() / len(batch)
    return total


def runs(mask):
    """Maximal runs of true words."""
    out, start = [], None
    for i, m in enumerate(list(mask) + [False]):
        if m and start is None:
            start = i
        if not m and start is not None:
            out.append((start, i))
            start = None
    return out


@torch.no_grad()
def add_silver(items, folder, vocab, sizes):
    """Gives corpus items the tags, trees and mentions that a teacher sees in them. Without, the layers of words are learnt on the treebanks' genres
    alone, and the encoder is free to forget them in news."""
    if json.load(open(f"{folder}/vocab.json"))["lemma_rules"] != vocab["lemma_rules"]:
        raise SystemExit(f"{folder} was taught other labels")
    model = LanguageModel(sizes)
    model.load_state_dict(torch.load(f"{folder}/ema.pt"), strict=False)
    model.eval()
    for x, p, a, b in each(model, items, half=True):
        x |= predict(model, p, a, b)


@torch.no_grad()
def evaluate_events(model, items, vocab):
    """Triggers by type, spans of roles at gold triggers and end to end, status and contexts at gold triggers."""
    model.eval()
    type_of = model.type_of.tolist()
    count = lambda: [0, 0, 0]
    trig, act, ctx = count(), count(), count()
    spans, whole = {r: count() for r in events.ROLES}, {r: count() for r in events.ROLES}
    status, confusion, empty = [0, 0], {}, [0, 0]
    for x, p, a, b in each(model, items):
        probability = p["act"][a + 1 : b].softmax(-1)
        best = probability[:, 1:].argmax(-1) + 1
        found = {w: best[w].item() for w in range(b - a - 1) if probability[w, 0] < 0.5}
        real = {e.word: e for e in x["events"] if e.type > 1}
        guess = {w: k for w, k in found.items() if k > 1}
        if not real:
            empty[0] += not guess
            empty[1] += 1
        for w, k in guess.items():
            trig[1] += 1
            act[1] += 1
            if w in real and real[w].type == type_of[k]:
                trig[2] += 1
            if w in real and real[w].act == k:
                act[2] += 1
            if w in real:
                pair = (vocab["types"][real[w].type], vocab["types"][type_of[k]])
                confusion[pair] = confusion.get(pair, 0) + 1
            else:
                confusion[("-", vocab["types"][type_of[k]])] = confusion.get(("-", vocab["types"][type_of[k]]), 0) + 1
        trig[0] += len(real)
        act[0] += len(real)
        anchors = sorted(set(real) | set(guess))
        if not anchors:
            continue
        rows = torch.tensor([a + 1 + w for w in anchors])
        member = (model.roles_of(p, rows, torch.arange(a + 1, b)) > 0).tolist()
        e = p["event"][rows]
        st, cx = model.status(e).argmax(-1).tolist(), (model.context(e) > 0).tolist()
        for i, w in enumerate(anchors):
            for j, r in enumerate(events.ROLES):
                gold = {(f[0], f[-1] + 1) for f in real[w].roles.get(r, [])} if w in real else set()
                got = set(runs(member[i][j]))
                if w in real:
                    for c, v in zip(range(3), (len(gold), len(got), len(gold & got))):
                        spans[r][c] += v
                whole[r][0] += len(gold)
                if w in guess:
                    whole[r][1] += len(got)
                    whole[r][2] += len(gold & got) if w in real and real[w].type == type_of[guess[w]] else 0
            if w in real:
                status[0] += st[i] == real[w].status
                status[1] += 1
                g, h = set(real[w].contexts), {k for k, v in enumerate(cx[i]) if v}
                ctx[0] += len(g); ctx[1] += len(h); ctx[2] += len(g & h)
    model.train()
    f = lambda c: round(200 * c[2] / max(1, c[0] + c[1]), 1)
    out = {"type": f(trig), "act": f(act), "status": round(100 * status[0] / max(1, status[1]), 1), "context": f(ctx),
           "empty": round(100 * empty[0] / max(1, empty[1]), 1)}
    out |= {r: f(c) for r, c in spans.items()} | {"whole_" + r: f(whole[r]) for r in ("actor", "recipient")}
    worst = sorted(((n, g, k) for (g, k), n in confusion.items() if g != k), reverse=True)[:12]
    return out, worst


def main():
    a = argparse.ArgumentParser()
    for n in ("ewt", "gum", "base"):
        a.add_argument("--" + n, required=True)
    a.add_argument("--out", default="runs/model")
    a.add_argument("--corpus", default=str(HERE / "corpus" / "train"))
    a.add_argument("--words", help="a built example `words`; by default cargo builds and runs it")
    a.add_argument("--epochs", type=int, default=8); a.add_argument("--budget", type=int, default=1024)
    a.add_argument("--lr", type=float, default=2.5e-4); a.add_argument("--seed", type=int, default=7)
    a.add_argument("--threads", type=int, default=2); a.add_argument("--treebank", type=float, default=0.8, help="share of the treebanks in every epoch")
    a.add_argument("--heads", type=float, default=14.0, help="learning rate of the heads for events, as a multiple")
    a.add_argument("--teacher", help="folder of a run with --trees-only, whose tags and trees of the corpus are learnt as well")
    a.add_argument("--trees-only", action="store_true", help="learn from the treebanks alone: makes the teacher")
    a.add_argument("--sentences", type=int, default=0, help="train on so many sentences of the corpus, for a learning curve")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    os.makedirs(args.out, exist_ok=True)
    pieces = WordPiece(f"{args.base}/vocab.txt")
    bank = treebank.read(f"{args.ewt}/en_ewt-ud-train.conllu", False) + treebank.read(f"{args.gum}/gum-open-train.conllu", True)
    vocab = treebank.vocabularies(bank) | events.vocabulary()
    sizes = {k: len(v) for k, v in vocab.items()}
    labels = f"{args.out}/vocab.json"
    if os.path.exists(f"{args.out}/last.pt") and json.load(open(labels)) != vocab:
        raise SystemExit(f"{args.out} holds a checkpoint with other labels; remove it to train anew")
    json.dump(vocab, open(labels, "w"), ensure_ascii=False)

    records = events.load(args.corpus)
    dev_records = [r for r in records if is_dev(r)]
    train_records = [r for r in records if not is_dev(r)]
    if args.sentences:
        train_records = random.Random(1).sample(train_records, min(args.sentences, len(train_records)))
    corpus_items = [] if args.trees_only else events.prepare(train_records + events.lexicon(), vocab, pieces, args.words)
    if args.teacher:
        add_silver(corpus_items, args.teacher, vocab, sizes)
    corpus_dev = events.prepare(dev_records, vocab, pieces, args.words)
    bank = prepare(bank, vocab, pieces)
    dev = {"ewt-dev": prepare(treebank.read(f"{args.ewt}/en_ewt-ud-dev.conllu", False), vocab, pieces),
           "gum-dev": prepare(treebank.read(f"{args.gum}/gum-open-dev.conllu", True), vocab, pieces)}

    model = LanguageModel(sizes)
    load_pretrained(model.encoder, f"{args.base}/model.safetensors")
    model.type_of.copy_(torch.tensor(events.types(vocab)))
    fresh = ("event.", "act.", "family.", "role_", "status.", "context.")
    pretrained = lambda n: n.startswith("encoder.") and "case" not in n
    new = [p for n, p in model.named_parameters() if n.startswith(fresh)]
    heads = [p for n, p in model.named_parameters() if not n.startswith(fresh) and not pretrained(n)]
    encoder = [p for n, p in model.named_parameters() if pretrained(n)]

    def epoch_batches(rng):
        part = rng.sample(bank, int(len(bank) * args.treebank)) if args.treebank < 1 else bank
        mixed = [("event", b) for b in batches(corpus_items, args.budget, True, rng)] if corpus_items else []
        mixed += [("tree", b) for b in batches(part, args.budget, True, rng)]
        rng.shuffle(mixed)
        return mixed

    once = len(epoch_batches(random.Random(0)))
    loop = Loop(model, [(encoder, args.lr), (heads, args.lr * 5), (new, args.lr * args.heads)], args.epochs * once, args.out)
    loop.resume(rng)
    # The schedule ends with the last epoch, even where the corpus grew on the way.
    loop.steps = steps = loop.step + (args.epochs - loop.epoch) * once
    print(json.dumps({"corpus": len(corpus_items), "dev": len(corpus_dev), "treebanks": len(bank), "steps": steps}), flush=True)
    model.train()
    while loop.epoch < args.epochs:
        began, sums = time.time(), {"event": [0.0, 0], "tree": [0.0, 0]}
        for kind, batch in epoch_batches(rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                p = model(*tensors(batch))
            loss = tree_loss(model, batch, p) if kind == "tree" else event_loss(model, batch, p)
            # Every second batch is enough, and costs half.
            if kind == "event" and args.teacher and loop.step % 2:
                loss = loss + SILVER * loss_of(model, batch, p)
            loop.learn(loss)
            sums[kind][0] += loss.item(); sums[kind][1] += 1
            if loop.step % 100 == 0:
                print(f"step {loop.step}/{steps} " + " ".join(f"{k} {s / max(1, n):.3f}" for k, (s, n) in sums.items()) + f" {(time.time() - began) / sum(n for _, n in sums.values()):.2f} s/step", flush=True)
        loop.end_epoch(rng)
        report = {"epoch": loop.epoch, "minutes": round((time.time() - began) / 60, 1)}
        with loop.averaged():
            report["corpus-dev"], worst = evaluate_events(model, corpus_dev, vocab)
            if loop.epoch == args.epochs:
                for name, items in dev.items():
                    report[name] = evaluate(model, items, vocab)
                print("confusions: " + ", ".join(f"{g} as {k} {n}" for n, g, k in worst))
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
