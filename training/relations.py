"""The relation of marked pairs, as `crates/coding/src/relation.rs` reads it from frames, and its cross-validation in domain.

    python relations.py --run runs/model --base MODEL_DIR --pairs FILE.tsv [--folds 5]

Without folds the weights are scored as they are. With folds, each fold is scored by weights that went on learning from the other folds
together with the corpus: a comparison with systems trained in domain. Nothing of it ships. FILE.tsv has the columns of
`demarche eval relations`.
"""

import argparse, csv, json, random, re, time

import torch
from torch.nn import functional as F

import events, corpus
from model import LanguageModel
from language import batches, tensors
from wordpiece import WordPiece

PROMISED = ("CONSULT", "COOPERATE", "AID", "YIELD", "SUPPORT")
QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3, "REJECT": 3, "THREATEN": 3}
quad = lambda root: QUADS.get(root, 4)


def read(path, pieces, program):
    rows = list(csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    plain = []
    for r in rows:
        text, at, spans = "", {}, {}
        for part in re.split(r"(</?[st]>)", r["marked_sentence"]):
            if part in ("<s>", "<t>"):
                at[part[1]] = len(text)
            elif part in ("</s>", "</t>"):
                spans[part[2]] = (at[part[2]], len(text))
            else:
                text += part
        plain.append((text, spans))
    items = []
    for r, (text, spans), sentences in zip(rows, plain, events.words([t for t, _ in plain], program)):
        where = [w for s in sentences for w in s]
        ids, case, first = events.pieces_of(text, where, pieces)
        if len(ids) > 512:
            raise SystemExit(f"row {r['id']} has {len(ids)} word pieces; the encoder reads 512")
        source, target = (events.covered(where, *spans[k]) if k in spans else [] for k in "st")
        items.append({"ids": ids, "case": case, "first": first, "source": source, "target": target, "root": r["root"], "id": r["id"], "text": text})
    return items


class Roots:
    """Which root an act has in a status."""

    def __init__(self, vocab):
        known = corpus.acts()
        self.names = sorted({a["root"] for a in known.values()})
        index = {r: i for i, r in enumerate(self.names)}
        self.table = torch.zeros(len(corpus.STATUSES), len(vocab["acts"]) - 2, len(self.names))
        for s, status in enumerate(corpus.STATUSES):
            for a, act in enumerate(vocab["acts"][2:]):
                root = known[act]["root"]
                if status == "negated" and quad(root) <= 2:
                    root = "REJECT"
                elif status == "future" and root in PROMISED and not (root == "YIELD" and known[act]["type"] == "CONCEDE"):
                    root = "AGREE"
                elif status == "future" and quad(root) == 4:
                    root = "THREATEN"
                self.table[s, a, index[root]] = 1


def distribution(model, p, a, b, x, roots):
    """Probabilities of roots for the pair of an item whose words are the rows a..b: each word counts as much as it tells an event and has the pair for its parties."""
    rows = torch.arange(a, b)
    log_act = p["act"][a:b].log_softmax(-1)
    told = log_act[:, 2:].logsumexp(-1)
    member = F.logsigmoid(model.roles_of(p, rows, rows))
    best = lambda role, words: member[:, role][:, words].max(-1).values if words else torch.zeros(b - a)
    other = torch.logaddexp(best(1, x["target"]), best(0, x["target"]) - 1.0)
    alpha = (told + best(0, x["source"]) + other).softmax(0)
    act = log_act[:, 2:].softmax(-1)
    status = model.status(p["event"][a:b]).softmax(-1)
    return torch.einsum("w,wa,ws,sar->r", alpha, act, status, roots.table)


def forward(model, batch, roots):
    p = model(*tensors(batch))
    out, row = [], 0
    for x in batch:
        a, b = row + 1, row + len(x["first"])
        row = b
        out.append(distribution(model, p, a, b, x, roots))
    return torch.stack(out)


@torch.no_grad()
def predict(model, items, roots):
    model.eval()
    found = {}
    for batch in batches(items, 4096, False):
        for x, d in zip(batch, forward(model, batch, roots)):
            found[x["id"]] = (roots.names[d.argmax()], d.max().item())
    model.train()
    return [found[x["id"]] for x in items]


def macro(gold, guess):
    labels = sorted(set(gold))
    f1 = {l: 2 * sum(g == h == l for g, h in zip(gold, guess)) / max(1, gold.count(l) + guess.count(l)) for l in labels}
    return 100 * sum(f1.values()) / len(labels), f1


def report(items, guess):
    gold, guess = [x["root"] for x in items], [g for g, _ in guess]
    root, by_root = macro(gold, guess)
    both = lambda key: macro([key(g) for g in gold], [key(g) for g in guess])[0]
    print(f"Binary {both(lambda r: quad(r) >= 3):.2f} Quad {both(quad):.2f} Root {root:.2f}  " + " ".join(f"{k} {100 * v:.0f}" for k, v in by_root.items()), flush=True)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--run", required=True); a.add_argument("--base", required=True); a.add_argument("--pairs", required=True)
    a.add_argument("--words"); a.add_argument("--folds", type=int, default=0); a.add_argument("--epochs", type=int, default=4)
    a.add_argument("--lr", type=float, default=6e-5); a.add_argument("--threads", type=int, default=2); a.add_argument("--seed", type=int, default=7)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    vocab = json.load(open(f"{args.run}/vocab.json"))
    sizes = {k: len(v) for k, v in vocab.items()}
    model = LanguageModel(sizes)
    weights = torch.load(f"{args.run}/ema.pt")
    model.load_state_dict(weights)
    model.type_of.copy_(torch.tensor(events.types(vocab)))
    roots = Roots(vocab)
    pieces = WordPiece(f"{args.base}/vocab.txt")
    items = read(args.pairs, pieces, args.words)
    if not args.folds:
        report(items, predict(model, items, roots))
        return
    import train
    records = events.load()
    ours = events.prepare(records, vocab, pieces, args.words)
    order = list(range(len(items)))
    random.Random(args.seed).shuffle(order)
    guess = [None] * len(items)
    for fold in range(args.folds):
        began = time.time()
        held = set(order[fold :: args.folds])
        learn = [x for i, x in enumerate(items) if i not in held]
        model.load_state_dict(weights)
        optimizer = torch.optim.AdamW(model.parameters(), lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98))
        rng = random.Random(fold)
        for epoch in range(args.epochs):
            mixed = [("pair", b) for b in batches(learn, 1024, True, rng)]
            own = batches(rng.sample(ours, min(len(ours), len(learn))), 1024, True, rng)
            mixed += [("event", b) for b in own]
            rng.shuffle(mixed)
            for group in optimizer.param_groups:
                group["lr"] = args.lr * (1 - epoch / args.epochs)
            for kind, batch in mixed:
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    if kind == "event":
                        loss = train.event_loss(model, batch, model(*tensors(batch)))
                    else:
                        d = forward(model, batch, roots).clamp(min=1e-6)
                        loss = F.nll_loss(d.log(), torch.tensor([roots.names.index(x["root"]) for x in batch]))
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
                optimizer.step()
        part = sorted(held)
        for i, g in zip(part, predict(model, [items[i] for i in part], roots)):
            guess[i] = g
        print(f"fold {fold + 1}, {(time.time() - began) / 60:.1f} minutes: ", end="")
        report([items[i] for i in part], [guess[i] for i in part])
    print("all folds: ", end="")
    report(items, guess)


if __name__ == "__main__":
    main()
