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
from collate import ready
from loop import Loop
from model import LanguageModel, answers, load_pretrained
from language import IGNORE, batches, each, evaluate, in_main_memory, loss_of, outputs, predict, prepare
from wordpiece import WordPiece

HERE = Path(__file__).resolve().parent

# Of the parts of the loss. Acts and roles are sums over words, so they weigh more than their factors say.
WEIGHTS = {"act": 0.4, "type": 0.4, "role": 0.1, "status": 0.3, "context": 0.15}

# Of what the teacher sees, beside the treebanks' own loss.
SILVER = 0.7


def is_dev(record):
    return hashlib.sha256(record.text.encode()).digest()[0] < 13


def event_loss(model, batch, p):
    scale = 1 / (batch.told + 0.5 * batch.sentences)
    total = WEIGHTS["act"] * F.cross_entropy(p["act"], batch["acts"], reduction="sum", ignore_index=IGNORE) * scale
    total += WEIGHTS["type"] * F.cross_entropy(model.by_type(p["act"]), batch["types"], reduction="sum", ignore_index=IGNORE) * scale
    if not batch.told:
        return total
    e = p["event"].index_select(0, batch["told"])
    words = batch.grid_of(p["role_word"]).index_select(0, batch["told_in"])
    asked = answers(model.queries(e), words)
    target = torch.zeros_like(asked)
    target.view(-1).index_fill_(0, batch["role_at"], 1)
    word = batch["real"].index_select(0, batch["told_in"])[:, None].float()
    known = batch["known"][:, :, None] * word
    known[:, :, 0] = 0
    total += WEIGHTS["role"] * F.binary_cross_entropy_with_logits(asked, target, weight=known, reduction="sum") / batch.told
    if batch.statuses:
        total += WEIGHTS["status"] * F.cross_entropy(model.status(e), batch["status"], ignore_index=IGNORE)
    if batch.contextual:
        contexts = model.context(e.index_select(0, batch["contextual"]))
        target = torch.zeros_like(contexts)
        target.view(-1).index_fill_(0, batch["context_event"] * contexts.shape[1] + batch["context"], 1)
        total += WEIGHTS["context"] * F.binary_cross_entropy_with_logits(contexts, target, reduction="sum") / batch.contextual
    return total


def tree_loss(model, batch, p):
    """What the treebanks teach, and that nothing political happens in their quiet genres."""
    total = loss_of(model, batch, p)
    if batch.quiet:
        # Talk may stand there, with its speaker: only events are forbidden.
        forbidden = -torch.logsumexp(p["act"].log_softmax(-1)[:, :2], -1)
        total += WEIGHTS["act"] * (forbidden * batch["quiet"]).sum() / batch.sentences
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
def add_silver(items, folder, vocab, sizes, device="cpu"):
    """Gives corpus items the tags, trees and mentions that a teacher sees in them. Without, the layers of words are learnt on the treebanks' genres
    alone, and the encoder is free to forget them in news."""
    if json.load(open(f"{folder}/vocab.json"))["lemma_rules"] != vocab["lemma_rules"]:
        raise SystemExit(f"{folder} was taught other labels")
    model = LanguageModel(sizes)
    model.load_state_dict(torch.load(f"{folder}/ema.pt", map_location="cpu"), strict=False)
    model.to(device).eval()
    for batch, p in outputs(model, items, half=True):
        for x, seen in zip(batch.items, predict(model, batch, p)):
            x |= seen
            x.pop("packed")


@torch.no_grad()
def evaluate_events(model, items, vocab):
    """Triggers by type, spans of roles at gold triggers and end to end, status and contexts at gold triggers."""
    model.eval()
    heads = in_main_memory(model)
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
        member = (heads.roles_of(p, rows, torch.arange(a + 1, b)) > 0).tolist()
        e = p["event"][rows]
        st, cx = heads.status(e).argmax(-1).tolist(), (heads.context(e) > 0).tolist()
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


def fresh_model(vocab, sizes):
    """A model that knows the acts' types and nothing else."""
    model = LanguageModel(sizes)
    model.know_types(events.types(vocab))
    return model


def groups(model, args):
    """Parameters with their learning rates: the pretrained encoder, the layers that treebanks teach, the heads for events."""
    fresh = ("event.", "act.", "family.", "role_", "status.", "context.")
    pretrained = lambda n: n.startswith("encoder.") and "case" not in n
    new = [p for n, p in model.named_parameters() if n.startswith(fresh)]
    heads = [p for n, p in model.named_parameters() if not n.startswith(fresh) and not pretrained(n)]
    encoder = [p for n, p in model.named_parameters() if pretrained(n)]
    return [(encoder, args.lr), (heads, args.lr * 5), (new, args.lr * args.heads)]


def epoch_batches(corpus_items, bank, args, rng):
    """An epoch's batches, each with its kind: all of the corpus and a share of the treebanks, mixed."""
    part = rng.sample(bank, int(len(bank) * args.treebank)) if args.treebank < 1 else bank
    mixed = [("event", b) for b in batches(corpus_items, args.budget, True, rng)] if corpus_items else []
    mixed += [("tree", b) for b in batches(part, args.budget, True, rng)]
    rng.shuffle(mixed)
    return mixed


def learn_epoch(loop, mixed, silver, every=100):
    """One pass over batches. `silver`: the corpus has a teacher's trees. Prints the mean loss every so many steps."""
    model, began = loop.model, time.time()
    device = next(model.parameters()).device
    # Summed up where the model is: to fetch every loss would halt a GPU at every step.
    sums, counts = {kind: torch.zeros((), device=device) for kind in ("event", "tree")}, {"event": 0, "tree": 0}
    for (kind, _), batch in zip(mixed, ready([b for _, b in mixed], device)):
        with torch.autocast(device.type, dtype=torch.bfloat16):
            p = model(*batch.inputs)
        loss = tree_loss(model, batch, p) if kind == "tree" else event_loss(model, batch, p)
        # Every second batch is enough, and costs half.
        if kind == "event" and silver and loop.step % 2:
            loss = loss + SILVER * loss_of(model, batch, p)
        loop.learn(loss)
        sums[kind] += loss.detach()
        counts[kind] += 1
        if loop.step % every == 0:
            means = " ".join(f"{k} {s.item() / max(1, counts[k]):.3f}" for k, s in sums.items())
            print(f"step {loop.step}/{loop.steps} {means} {(time.time() - began) / sum(counts.values()):.3f} s/step", flush=True)


def main():
    a = argparse.ArgumentParser()
    for n in ("ewt", "gum", "base"):
        a.add_argument("--" + n, required=True)
    a.add_argument("--out", default="runs/model")
    a.add_argument("--corpus", default=str(HERE / "corpus" / "train"))
    a.add_argument("--words", help="a built example `words`; by default cargo builds and runs it")
    a.add_argument("--epochs", type=int, default=8); a.add_argument("--budget", type=int, default=1024)
    a.add_argument("--lr", type=float, default=2.5e-4); a.add_argument("--seed", type=int, default=7)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    a.add_argument("--start", type=int, help="seed of the layers that start fresh, for models whose weights are to be averaged; by default --seed")
    a.add_argument("--threads", type=int, default=2); a.add_argument("--treebank", type=float, default=0.8, help="share of the treebanks in every epoch")
    a.add_argument("--heads", type=float, default=14.0, help="learning rate of the heads for events, as a multiple")
    a.add_argument("--teacher", help="folder of a run with --trees-only, whose tags and trees of the corpus are learnt as well")
    a.add_argument("--trees-only", action="store_true", help="learn from the treebanks alone: makes the teacher")
    a.add_argument("--sentences", type=int, default=0, help="train on so many sentences of the corpus, for a learning curve")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    # It plans anew for every shape, and here no two batches are alike.
    torch.backends.cuda.enable_cudnn_sdp(False)
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
        add_silver(corpus_items, args.teacher, vocab, sizes, args.device)
    corpus_dev = events.prepare(dev_records, vocab, pieces, args.words)
    bank = prepare(bank, vocab, pieces)
    dev = {"ewt-dev": prepare(treebank.read(f"{args.ewt}/en_ewt-ud-dev.conllu", False), vocab, pieces),
           "gum-dev": prepare(treebank.read(f"{args.gum}/gum-open-dev.conllu", True), vocab, pieces)}

    if args.start is not None:
        torch.manual_seed(args.start)
    model = fresh_model(vocab, sizes)
    load_pretrained(model.encoder, f"{args.base}/model.safetensors")
    if args.start is not None:
        torch.manual_seed(args.seed)
    model.to(args.device)
    once = len(epoch_batches(corpus_items, bank, args, random.Random(0)))
    loop = Loop(model, groups(model, args), args.epochs * once, args.out)
    loop.resume(rng)
    # The schedule ends with the last epoch, even where the corpus grew on the way.
    loop.steps = loop.step + (args.epochs - loop.epoch) * once
    print(json.dumps({"corpus": len(corpus_items), "dev": len(corpus_dev), "treebanks": len(bank), "steps": loop.steps}), flush=True)
    model.train()
    while loop.epoch < args.epochs:
        began = time.time()
        learn_epoch(loop, epoch_batches(corpus_items, bank, args, rng), bool(args.teacher))
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
