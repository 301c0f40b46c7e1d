"""What the treebanks teach: tags, features, lemmas, trees, mentions. Sentences as training items, the loss, and figures on dev files."""

import copy

import torch
from torch.nn import functional as F

import treebank
from collate import collate, ready
from events import IGNORE
from model import ARC, SPAN


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
            "sentence": s, "quiet": s.genre in treebank.QUIET,
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
    """What the model reads of a batch of items."""
    return collate(batch).inputs


def arcs(p, batch):
    """Log odds [sentences, dependents, heads] of arcs between rows."""
    scores = batch.grid_of(p["arc_dep"]) @ batch.grid_of(p["arc_head"]).transpose(1, 2) * ARC**-0.5 + batch.grid_of(p["arc_bias"]).transpose(1, 2)
    return scores.masked_fill(batch["real"][:, None] == 0, float("-inf"))


def spans(p, batch, model):
    """Log odds [sentences, first, last] of mentions between rows, and where there can be one: words that are not behind one another."""
    scores = batch.grid_of(p["span_start"]) @ batch.grid_of(p["span_end"]).transpose(1, 2) * SPAN**-0.5 + model.span_bias
    word = batch["real"].clone()
    word[:, 0] = 0
    return scores, (word[:, :, None] * word[:, None]).triu()


def loss_of(model, batch, p):
    """The loss of the layers that treebanks teach; `p` is the model's output for the batch."""
    total = 0.5 * F.cross_entropy(p["upos"], batch["upos"], ignore_index=IGNORE)
    total += 0.4 * F.cross_entropy(p["feats"], batch["feats"], ignore_index=IGNORE)
    total += 0.4 * F.cross_entropy(p["lemma"], batch["lemma"], ignore_index=IGNORE)
    words = batch.rows - batch.sentences
    total += F.cross_entropy(arcs(p, batch).flatten(0, 1), batch["heads"].view(-1), ignore_index=IGNORE, reduction="sum") / words
    rel = model.rel_out(F.relu(p["rel_dep"] + p["rel_head"].index_select(0, batch["head_rows"])))
    total += F.cross_entropy(rel, batch["rels"], ignore_index=IGNORE)
    if batch.spotted:
        scores, possible = spans(p, batch, model)
        gold = torch.zeros_like(scores)
        gold.view(-1).index_fill_(0, batch["span_at"], 1)
        possible = possible * batch["marked"][:, None, None]
        total += F.binary_cross_entropy_with_logits(scores, gold, weight=possible.float(), reduction="sum") / batch.spotted
        if len(batch["span_kind"]):
            ends = p["kind_start"].index_select(0, batch["span_first"]) + p["kind_end"].index_select(0, batch["span_last"])
            total += 0.5 * F.cross_entropy(model.kind_out(F.relu(ends)), batch["span_kind"])
    return total


@torch.no_grad()
def predict(model, batch, p):
    """What the model sees in each sentence: labels by their numbers, heads counted with the root as 0, mentions as (first, last, type).
    Greedy heads are enough here; the shipped decoder is Chu-Liu/Edmonds in Rust."""
    heads = arcs(p, batch).argmax(-1)
    head_rows = batch["grid"].gather(1, heads).view(-1)
    rels = model.rel_out(F.relu(batch.grid_of(p["rel_dep"]) + p["rel_head"].index_select(0, head_rows).view(*heads.shape, -1))).argmax(-1)
    scores, possible = spans(p, batch, model)
    found = ((scores > 0) & (possible > 0)).nonzero()
    where, first, last = found.T
    ends = p["kind_start"][batch["grid"][where, first]] + p["kind_end"][batch["grid"][where, last]]
    found = torch.cat([found, model.kind_out(F.relu(ends)).argmax(-1, keepdim=True)], -1).tolist()
    labels = {key: batch.grid_of(p[key]).argmax(-1) for key in ("upos", "feats", "lemma")} | {"heads": heads, "rels": rels}
    labels = {key: v.tolist() for key, v in labels.items()}
    out = [{key: v[i][1 : len(x["first"])] for key, v in labels.items()} | {"mentions": []} for i, x in enumerate(batch.items)]
    for i, a, b, kind in found:
        out[i]["mentions"].append((a - 1, b - 1, kind))
    return out


def in_main_memory(model):
    """The model, or where it is on a GPU a copy: what is done sentence by sentence is quicker beside the program."""
    return model if next(model.parameters()).device.type == "cpu" else copy.deepcopy(model).cpu()


def outputs(model, items, half=False):
    """Batches and the model's output for them; `half` runs the model in bf16."""
    device = next(model.parameters()).device
    for batch in ready(batches(items, 4096 if device.type == "cpu" else 16384, False), device):
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
            p = model(*batch.inputs)
        yield batch, p


def each(model, items):
    """Every sentence with the model's output for its batch, in main memory, and the range of its rows in it."""
    for batch, p in outputs(model, items):
        p, row = {name: block.cpu() for name, block in p.items()}, 0
        for x in batch.items:
            yield x, p, row, row + len(x["first"])
            row += len(x["first"])


@torch.no_grad()
def evaluate(model, items, vocab):
    model.eval()
    hits = dict.fromkeys(["upos", "feats", "lemma", "uas", "las"], 0)
    n = found = right = gold = 0
    for x, seen in ((x, seen) for batch, p in outputs(model, items) for x, seen in zip(batch.items, predict(model, batch, p))):
        s = x["sentence"]
        n += len(s.forms)
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
