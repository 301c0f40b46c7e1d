"""What the treebanks teach: tags, features, lemmas, trees, mentions. Sentences as training items, the loss, and figures on dev files."""

import torch
from torch.nn import functional as F

import treebank
from model import ARC, SPAN

IGNORE = -100


def prepare(sentences, vocab, pieces):
    index = {k: {v: i for i, v in enumerate(values)} for k, values in vocab.items()}
    items = []
    for s in sentences:
        ids, case, first = [pieces.cls], [0], [0]
        for form, glued in zip(s.forms, s.glued):
            first.append(len(ids))
            word = pieces.word(form)
            ids.extend(word)
            case.extend([treebank.case_class(form) * 2 + glued] * len(word))
        ids.append(pieces.sep)
        case.append(0)
        if len(ids) > 400:
            continue
        items.append({
            "ids": ids, "case": case, "first": first,
            "upos": [index["upos"][u] for u in s.upos],
            "feats": [index["feats"].get(f, IGNORE) for f in s.feats],
            "lemma": [index["lemma_rules"].get(treebank.lemma_rule(f, l), IGNORE) for f, l in zip(s.forms, s.lemmas)],
            "heads": s.heads,
            "rels": [index["rels"].get(r, IGNORE) for r in s.rels],
            "mentions": None if s.mentions is None else [(a, b, index["entities"][k]) for a, b, k in s.mentions],
            "sentence": s,
        })
    return items


def batches(items, budget, shuffle, rng=None):
    order = list(range(len(items)))
    if shuffle:
        rng.shuffle(order)
        # Sort inside windows: batches of like length, epochs of unlike order.
        order = [i for w in range(0, len(order), 1024) for i in sorted(order[w : w + 1024], key=lambda i: len(items[i]["ids"]))]
    else:
        order.sort(key=lambda i: len(items[i]["ids"]))
    out, current, longest = [], [], 0
    for i in order:
        longest = max(longest, len(items[i]["ids"]))
        if current and longest * (len(current) + 1) > budget:
            out.append(current)
            current, longest = [], len(items[i]["ids"])
        current.append(i)
    out.append(current)
    if shuffle:
        rng.shuffle(out)
    return [[items[i] for i in b] for b in out]


def tensors(batch):
    t = max(len(x["ids"]) for x in batch)
    ids, case, mask = (torch.zeros(len(batch), t, dtype=torch.long) for _ in range(3))
    words = []
    for i, x in enumerate(batch):
        n = len(x["ids"])
        ids[i, :n], case[i, :n], mask[i, :n] = torch.tensor(x["ids"]), torch.tensor(x["case"]), 1
        words.extend(i * t + f for f in x["first"])
    return ids, case, mask, torch.tensor(words)


def spans_of(first, last, model):
    """Mention logits [W,W] for start<=end, words only, from a sentence's rows of `span_start` and `span_end`."""
    return first[1:] @ last[1:].T * SPAN**-0.5 + model.span_bias


def loss_of(model, batch, p):
    """The loss of the layers that treebanks teach; `p` is the model's output for the batch."""
    rows, row = [], 0
    for x in batch:
        rows.append((row, row + len(x["first"])))
        row += len(x["first"])
    word_rows = torch.tensor([r for a, b in rows for r in range(a + 1, b)])
    gather = lambda key: torch.tensor([v for x in batch for v in x[key]])
    total = 0.5 * F.cross_entropy(p["upos"][word_rows], gather("upos"))
    total += 0.4 * F.cross_entropy(p["feats"][word_rows], gather("feats"), ignore_index=IGNORE)
    total += 0.4 * F.cross_entropy(p["lemma"][word_rows], gather("lemma"), ignore_index=IGNORE)
    sizes = [b - a for a, b in rows]
    each = {name: p[name].split(sizes) for name in ("arc_dep", "arc_head", "arc_bias", "span_start", "span_end")}
    arc, n = 0.0, 0
    for x, dependents, heads, bias in zip(batch, each["arc_dep"], each["arc_head"], each["arc_bias"]):
        scores = dependents[1:] @ heads.T * ARC**-0.5 + bias[:, 0]
        arc = arc + F.cross_entropy(scores, torch.tensor(x["heads"]), reduction="sum")
        n += len(heads) - 1
    total += arc / n
    head_rows = torch.tensor([a + h for x, (a, _) in zip(batch, rows) for h in x["heads"]])
    rel = model.rel_out(F.relu(p["rel_dep"][word_rows] + p["rel_head"][head_rows]))
    total += F.cross_entropy(rel, gather("rels"), ignore_index=IGNORE)
    span, kinds, starts, ends, m = 0.0, [], [], [], 0
    for x, (a, b), first, last in zip(batch, rows, each["span_start"], each["span_end"]):
        if x["mentions"] is None:
            continue
        scores = spans_of(first, last, model)
        gold = torch.zeros_like(scores)
        for s, e, k in x["mentions"]:
            gold[s, e] = 1
            starts.append(a + 1 + s), ends.append(a + 1 + e), kinds.append(k)
        upper = torch.ones_like(scores).triu().bool()
        span = span + F.binary_cross_entropy_with_logits(scores[upper], gold[upper], reduction="sum")
        m += b - a - 1
    if m:
        total += span / m
        if kinds:
            logits = model.kind_out(F.relu(p["kind_start"][torch.tensor(starts)] + p["kind_end"][torch.tensor(ends)]))
            total += 0.5 * F.cross_entropy(logits, torch.tensor(kinds))
    return total


@torch.no_grad()
def predict(model, p, a, b):
    """What the model sees in the sentence whose rows are a..b: labels by their numbers, heads counted with the root as 0, mentions as (first, last, type).
    Greedy heads are enough here; the shipped decoder is Chu-Liu/Edmonds in Rust."""
    heads = (p["arc_dep"][a + 1 : b] @ p["arc_head"][a:b].T * ARC**-0.5 + p["arc_bias"][a:b, 0]).argmax(-1)
    rels = model.rel_out(F.relu(p["rel_dep"][a + 1 : b] + p["rel_head"][a:b][heads])).argmax(-1)
    spans = [(i, j) for i, j in (spans_of(p["span_start"][a:b], p["span_end"][a:b], model) > 0).nonzero().tolist() if i <= j]
    kinds = []
    if spans:
        i, j = torch.tensor(spans).T
        kinds = model.kind_out(F.relu(p["kind_start"][a + 1 : b][i] + p["kind_end"][a + 1 : b][j])).argmax(-1).tolist()
    out = {key: p[key][a + 1 : b].argmax(-1).tolist() for key in ("upos", "feats", "lemma")}
    return out | {"heads": heads.tolist(), "rels": rels.tolist(), "mentions": [(i, j, k) for (i, j), k in zip(spans, kinds)]}


def each(model, items, half=False):
    """Every sentence with the model's output for its batch and the range of its rows in it; `half` runs the model in bf16."""
    for batch in batches(items, 4096, False):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            p = model(*tensors(batch))
        row = 0
        for x in batch:
            yield x, p, row, row + len(x["first"])
            row += len(x["first"])


@torch.no_grad()
def evaluate(model, items, vocab):
    model.eval()
    hits = dict.fromkeys(["upos", "feats", "lemma", "uas", "las"], 0)
    n = found = right = gold = 0
    for x, p, a, b in each(model, items):
        s, seen = x["sentence"], predict(model, p, a, b)
        n += b - a - 1
        for key, target in (("upos", s.upos), ("feats", s.feats)):
            hits[key] += sum(vocab[key][i] == g for i, g in zip(seen[key], target))
        hits["lemma"] += sum(treebank.apply_rule(vocab["lemma_rules"][i], f) == l for i, f, l in zip(seen["lemma"], s.forms, s.lemmas))
        for h, r, gh, gr in zip(seen["heads"], seen["rels"], s.heads, s.rels):
            hits["uas"] += h == gh
            hits["las"] += h == gh and vocab["rels"][r].split(":")[0] == gr.split(":")[0]
        if x["mentions"] is not None:
            gold += len(x["mentions"]); found += len(seen["mentions"])
            right += len(set(seen["mentions"]) & set(x["mentions"]))
    model.train()
    out = {k: round(100 * v / n, 2) for k, v in hits.items()}
    if gold:
        out["mention_f1"] = round(200 * right / max(1, found + gold), 2)
    return out
