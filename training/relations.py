"""The relation of marked pairs, as `crates/coding/src/relation.rs` reads it from frames and `data/variants.tsv`, and its cross-validation in domain.
The lexicon's vote is left out, and trees are greedy.

    python relations.py --run runs/model --base MODEL_DIR --pairs FILE.tsv [--folds 5]

Without folds the weights are scored as they are. With folds, each fold is scored by weights that went on learning from the other folds
together with the corpus: a comparison with systems trained in domain. Nothing of it ships. FILE.tsv has the columns of
`demarche eval relations`.
"""

import argparse, csv, json, random, re, time

import torch
from torch.nn import functional as F

import events, corpus, train, treebank
from collate import ready
from language import batches, outputs
from language import predict as parse
from model import answers
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
        items.append({"ids": ids, "case": case, "first": first, "forms": [text[a:b] for a, b in where],
                      "source": source, "target": target, "root": r["root"], "id": r["id"], "text": text})
    return items


def variants():
    """Rows of `data/variants.tsv`: act, words, root."""
    lists, rows = {}, []
    for line in (events.ROOT / "data/variants.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, words = line.split("\t")
            lists[name] = words
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
    return [(act, set(lists.get(words, words).split("|")), root) for act, words, _, root in rows[1:]]


def in_tree(x, seen, vocab, rows):
    """Where rows of variants hold (word, row) and which words are told with "will not", as crates/coding reads both from the tree.
    Of an act's rows the first that fits holds."""
    lemmas = [treebank.apply_rule(vocab["lemma_rules"][i], f) for i, f in zip(seen["lemma"], x["forms"])]
    rels, heads = [vocab["rels"][r] for r in seen["rels"]], [h - 1 for h in seen["heads"]]
    below = [[c for c, h in enumerate(heads) if h == w] for w in range(len(heads))]

    def preposition(w):
        marks = [x["forms"][c].lower() for c in below[w] if rels[c] in ("case", "mark")]
        found = next((f for f in marks if f not in ("'s", "\u2019s")), None)
        return "of" if found == "out" and marks[-1] == "of" else found

    fits, refused = [], []
    for w in range(len(heads)):
        told = {lemmas[w]} | {lemmas[c] for c in below[w] if rels[c] in ("obj", "aux") or rels[c] == "obl" and preposition(c) == "on"}
        if rels[w] in ("xcomp", "ccomp", "obj") and heads[w] >= 0:
            told.add(lemmas[heads[w]])
        taken = set()
        for n, (act, words, _) in enumerate(rows):
            if act not in taken and told & words:
                taken.add(act)
                fits.append((w, n))
        will = any(rels[c] == "aux" and lemmas[c] in ("will", "would", "wo") for c in below[w])
        if will and any(lemmas[c] in ("not", "never") for c in below[w]):
            refused.append(w)
    return {"fits": fits, "refused": refused}


class Roots:
    """Which root an act has in a status. After the acts come the rows of variants, as acts of their own."""

    def __init__(self, vocab, rows=()):
        known, self.rows = corpus.acts(), list(rows)
        self.names = sorted({a["root"] for a in known.values()})
        index = {r: i for i, r in enumerate(self.names)}
        told = [(known[act]["type"], known[act]["root"]) for act in vocab["acts"][2:]] + [(known[act]["type"], root) for act, _, root in self.rows]
        self.table = torch.zeros(len(corpus.STATUSES), len(told), len(self.names))
        for s, status in enumerate(corpus.STATUSES):
            for a, (kind, root) in enumerate(told):
                if status == "negated" and quad(root) <= 2:
                    root = "REJECT"
                elif status == "future" and root in PROMISED and not (root == "YIELD" and kind == "CONCEDE"):
                    root = "AGREE"
                elif status == "future" and quad(root) == 4:
                    root = "THREATEN"
                self.table[s, a, index[root]] = 1
        self.act_of = torch.tensor([vocab["acts"].index(act) - 2 for act, _, _ in self.rows], dtype=torch.long)

    def to(self, device):
        self.table, self.act_of = self.table.to(device), self.act_of.to(device)
        return self


def add_trees(model, items, vocab, roots):
    """Gives pairs what the tables ask of the tree that the model sees."""
    model.eval()
    with torch.no_grad():
        for batch, p in outputs(model, items):
            for x, seen in zip(batch.items, parse(model, batch, p)):
                x |= in_tree(x, seen, vocab, roots.rows)
                x.pop("packed")


def distribution(model, p, batch, roots):
    """Probabilities of roots for each pair: every word counts as much as it tells an event and has the pair for its parties."""
    log_act = batch.grid_of(p["act"]).log_softmax(-1)
    told = log_act[..., 2:].logsumexp(-1)
    asked = batch.grid_of(model.queries(p["event"])[:, :2])
    member = F.logsigmoid(answers(asked.flatten(1, 2), batch.grid_of(p["role_word"]))).view(*asked.shape[:3], -1)

    def best(role, name):
        words = batch[name][:, None] > 0
        most = member[:, :, role].masked_fill(~words, float("-inf")).amax(-1)
        return torch.where(words.any(-1), most, 0.0)

    other = torch.logaddexp(best(1, "target"), best(0, "target") - 1.0)
    word = batch["real"].clone()
    word[:, 0] = 0
    alpha = (told + best(0, "source") + other).masked_fill(word == 0, float("-inf")).softmax(-1)
    act = log_act[..., 2:].softmax(-1)
    status = model.status(batch.grid_of(p["event"])).softmax(-1)
    if roots.rows:
        refused = batch["refused"][..., None] * F.one_hot(torch.tensor(corpus.STATUSES.index("negated")), len(corpus.STATUSES)).to(status.device)
        status = torch.where(batch["refused"][..., None] > 0, refused.float(), status)
        fits = torch.zeros(*act.shape[:2], len(roots.rows), device=act.device)
        fits.view(-1).index_fill_(0, batch["fits_at"] * len(roots.rows) + batch["fits"], 1)
        varied = act.index_select(-1, roots.act_of) * fits
        act = torch.cat([act.index_add(-1, roots.act_of, varied, alpha=-1), varied], -1)
    joint = (alpha[..., None] * status).transpose(1, 2) @ act
    return joint.flatten(1) @ roots.table.flatten(0, 1)


def forward(model, batch, roots):
    with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16, enabled=model.training):
        p = model(*batch.inputs)
    return distribution(model, p, batch, roots)


@torch.no_grad()
def predict(model, items, roots):
    model.eval()
    found = {}
    for batch in ready(batches(items, 4096, False), next(model.parameters()).device):
        for x, d in zip(batch.items, forward(model, batch, roots).cpu()):
            found[x["id"]] = (roots.names[d.argmax()], d.max().item())
    model.train()
    return [found[x["id"]] for x in items]


def macro(gold, guess):
    labels = sorted(set(gold))
    f1 = {l: 2 * sum(g == h == l for g, h in zip(gold, guess)) / max(1, gold.count(l) + guess.count(l)) for l in labels}
    return 100 * sum(f1.values()) / len(labels), f1


def learn_fold(model, learn, ours, roots, args, fold):
    """Goes on learning from pairs and a fresh draw of our corpus in every epoch."""
    device = next(model.parameters()).device
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    rng = random.Random(fold)
    model.train()
    for epoch in range(args.epochs):
        mixed = [("pair", b) for b in batches(learn, 1024, True, rng)]
        mixed += [("event", b) for b in batches(rng.sample(ours, min(len(ours), int(len(learn) * args.own))), 1024, True, rng)]
        rng.shuffle(mixed)
        for group in optimizer.param_groups:
            group["lr"] = args.lr * (1 - epoch / args.epochs)
        for (kind, _), batch in zip(mixed, ready([b for _, b in mixed], device)):
            if kind == "event":
                with torch.autocast(device.type, dtype=torch.bfloat16):
                    p = model(*batch.inputs)
                loss = train.event_loss(model, batch, p)
            else:
                gold = torch.tensor([roots.names.index(x["root"]) for x in batch.items]).to(device)
                loss = F.nll_loss(forward(model, batch, roots).clamp(min=1e-6).log(), gold)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()


def held_out(items, seed, folds):
    """The pairs of each fold, by their places."""
    order = list(range(len(items)))
    random.Random(seed).shuffle(order)
    return [sorted(order[fold::folds]) for fold in range(folds)]


def report(items, guess):
    gold, guess = [x["root"] for x in items], [g for g, _ in guess]
    root, by_root = macro(gold, guess)
    both = lambda key: macro([key(g) for g in gold], [key(g) for g in guess])[0]
    return f"Binary {both(lambda r: quad(r) >= 3):.2f} Quad {both(quad):.2f} Root {root:.2f}  " + " ".join(f"{k} {100 * v:.0f}" for k, v in by_root.items())


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--run", required=True); a.add_argument("--base", required=True); a.add_argument("--pairs", required=True)
    a.add_argument("--words"); a.add_argument("--folds", type=int, default=0); a.add_argument("--epochs", type=int, default=4)
    a.add_argument("--lr", type=float, default=6e-5); a.add_argument("--threads", type=int, default=2); a.add_argument("--seed", type=int, default=7)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    a.add_argument("--own", type=float, default=1.0, help="sentences of our corpus that each epoch of a fold draws, for every pair")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    vocab = json.load(open(f"{args.run}/vocab.json"))
    model = train.fresh_model(vocab, {k: len(v) for k, v in vocab.items()})
    weights = torch.load(f"{args.run}/ema.pt", map_location="cpu")
    model.load_state_dict(weights)
    model.to(args.device)
    roots = Roots(vocab, variants()).to(args.device)
    pieces = WordPiece(f"{args.base}/vocab.txt")
    items = read(args.pairs, pieces, args.words)
    add_trees(model, items, vocab, roots)
    if not args.folds:
        print(report(items, predict(model, items, roots)), flush=True)
        return
    ours = events.prepare(events.load(), vocab, pieces, args.words)
    guess = [None] * len(items)
    for fold, held in enumerate(held_out(items, args.seed, args.folds)):
        began = time.time()
        model.load_state_dict(weights)
        learn_fold(model, [x for i, x in enumerate(items) if i not in set(held)], ours, roots, args, fold)
        for i, g in zip(held, predict(model, [items[i] for i in held], roots)):
            guess[i] = g
        print(f"fold {fold + 1}, {(time.time() - began) / 60:.1f} minutes: " + report([items[i] for i in held], [guess[i] for i in held]), flush=True)
    print("all folds: " + report(items, guess), flush=True)


if __name__ == "__main__":
    main()
