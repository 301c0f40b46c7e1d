"""Trains the teacher: a larger encoder that reads whole stretches of a document and finds mentions only.

    python teacher.py train --gum DIR --base MPNET_DIR --out runs/teacher
    python teacher.py label --gum DIR --ewt DIR --base MPNET_DIR --out runs/teacher TEXT...

The language model reads one sentence at a time and has seen mentions in 5,931 sentences. The teacher (MPNet-base, 110 million
parameters, never shipped) learns from the same sentences with their neighbours in view, then labels text that has no
mentions: EWT and sentences of our own. The language model learns from its probabilities (`train_language.py --silver`).
"""

import argparse, json, os, random, time

import torch
from torch import nn
from torch.nn import functional as F

import treebank
from wordpiece import WordPiece

WIDTH, SPAN = 768, 256
KINDS = len(treebank.ENTITY_TYPES)
# Pairs under this probability are left out of the labels; the language model takes them for zero.
FLOOR = 0.02


class Teacher(nn.Module):
    def __init__(self, base, upos, rels):
        super().__init__()
        from transformers import MPNetModel

        self.encoder = MPNetModel.from_pretrained(base, add_pooling_layer=False)
        self.case = nn.Embedding(12, WIDTH)
        nn.init.zeros_(self.case.weight)
        # Tags and relations are learned beside mentions because mentions follow grammar; nobody reads them.
        self.upos, self.rels = nn.Linear(WIDTH, upos), nn.Linear(WIDTH, rels)
        self.start, self.end = nn.Linear(WIDTH, SPAN), nn.Linear(WIDTH, SPAN)
        self.kind_start, self.kind_end, self.kind_out = nn.Linear(WIDTH, SPAN), nn.Linear(WIDTH, SPAN), nn.Linear(SPAN, KINDS)
        self.bias = nn.Parameter(torch.tensor(-3.0))
        self.dropout = nn.Dropout(0.2)

    def forward(self, ids, case, mask, owner, words):
        """Rows of words: the mean of their pieces. `owner` names the word of every piece, `words` their number."""
        x = self.encoder.embeddings.word_embeddings(ids) + self.case(case)
        positions = torch.arange(2, ids.shape[1] + 2).unsqueeze(0).expand(ids.shape)
        h = self.encoder(inputs_embeds=x, attention_mask=mask, position_ids=positions).last_hidden_state
        h = h.reshape(-1, WIDTH)
        keep = owner >= 0
        sums = torch.zeros(words, WIDTH, dtype=h.dtype).index_add(0, owner[keep], h[keep])
        counts = torch.zeros(words, dtype=h.dtype).index_add(0, owner[keep], torch.ones(int(keep.sum()), dtype=h.dtype))
        return self.dropout(sums / counts[:, None])

    def spans(self, h):
        return F.gelu(self.start(h)), F.gelu(self.end(h))

    def kinds(self, h, first, last):
        return self.kind_out(F.gelu(self.kind_start(h[first]) + self.kind_end(h[last])))


def prepare(sentences, pieces):
    out = []
    for s in sentences:
        ids, case, owner = [], [], []
        for w, (form, glued) in enumerate(zip(s.forms, s.glued)):
            word = pieces.word(form)
            ids += word
            case += [treebank.case_class(form) * 2 + glued] * len(word)
            owner += [w] * len(word)
        out.append({"ids": ids[:480], "case": case[:480], "owner": owner[:480], "sentence": s})
    return [x for x in out if x["owner"][-1] == len(x["sentence"].forms) - 1]


def windows(items, limit, rng=None):
    """Runs of consecutive sentences of one document, of at most `limit` pieces; with `rng`, cut anew every time."""
    out, current, size = [], [], 0
    top = limit
    for x in items:
        other = current and current[-1]["sentence"].document != x["sentence"].document
        if current and (other or size + len(x["ids"]) > top):
            out.append(current)
            current, size = [], 0
            top = limit if rng is None else rng.randint(limit // 2, limit)
        current.append(x)
        size += len(x["ids"])
    return out + [current]


def centred(items, limit):
    """For every sentence, the run around it and its place in the run."""
    out = []
    for i, x in enumerate(items):
        first, last, size = i, i, len(x["ids"])
        grew = True
        while grew:
            grew = False
            for step, j in ((-1, first - 1), (1, last + 1)):
                if 0 <= j < len(items) and items[j]["sentence"].document == x["sentence"].document and size + len(items[j]["ids"]) <= limit:
                    size += len(items[j]["ids"])
                    first, last, grew = (j, last, True) if step < 0 else (first, j, True)
        out.append((items[first : last + 1], i - first))
    return out


def batches(runs, budget):
    order = sorted(range(len(runs)), key=lambda i: sum(len(x["ids"]) for x in runs[i]))
    out, current = [], []
    for i in order:
        longest = sum(len(x["ids"]) for x in runs[i]) + 2
        if current and longest * (len(current) + 1) > budget:
            out.append(current)
            current = []
        current.append(i)
    return out + [current]


def tensors(runs, pieces):
    length = max(sum(len(x["ids"]) for x in run) for run in runs) + 2
    ids, case, mask = (torch.zeros(len(runs), length, dtype=torch.long) for _ in range(3))
    owner = torch.full((len(runs), length), -1)
    words, places = 0, []
    for r, run in enumerate(runs):
        line, cases, owners, at = [pieces.cls], [0], [-1], []
        for x in run:
            at.append(words)
            line += x["ids"]
            cases += x["case"]
            owners += [words + w for w in x["owner"]]
            words += len(x["sentence"].forms)
        line.append(pieces.sep), cases.append(0), owners.append(-1)
        n = len(line)
        ids[r, :n], case[r, :n], mask[r, :n], owner[r, :n] = torch.tensor(line), torch.tensor(cases), 1, torch.tensor(owners)
        places.append(at)
    return ids, case, mask, owner.reshape(-1), words, places


def loss_of(model, runs, pieces, index):
    *inputs, places = tensors(runs, pieces)
    h = model(*inputs).float()
    sentences = [x["sentence"] for run in runs for x in run]
    gather = lambda key, of: torch.tensor([index[key][v] for s in sentences for v in of(s)])
    total = 0.2 * F.cross_entropy(model.upos(h), gather("upos", lambda s: s.upos))
    total = total + 0.3 * F.cross_entropy(model.rels(h), gather("rels", lambda s: s.rels))
    start, end = model.spans(h)
    span, first, last, kind = 0.0, [], [], []
    for s, at in zip(sentences, [p for place in places for p in place]):
        n = len(s.forms)
        scores = start[at : at + n] @ end[at : at + n].T * SPAN**-0.5 + model.bias
        gold = torch.zeros_like(scores)
        for i, j, k in s.mentions:
            gold[i, j] = 1
            first.append(at + i), last.append(at + j), kind.append(treebank.ENTITY_TYPES.index(k))
        upper = torch.ones_like(scores).triu().bool()
        span = span + F.binary_cross_entropy_with_logits(scores[upper], gold[upper], reduction="sum")
    total = total + span / len(h)
    if kind:
        total = total + 0.5 * F.cross_entropy(model.kinds(h, torch.tensor(first), torch.tensor(last)), torch.tensor(kind))
    return total


@torch.no_grad()
def predict(model, items, pieces, limit, floor):
    """For every item a list (first, last, probability, type probabilities) of pairs over `floor`."""
    model.eval()
    runs = centred(items, limit)
    out = [None] * len(items)
    for batch in batches([r for r, _ in runs], 2048):
        *inputs, places = tensors([runs[i][0] for i in batch], pieces)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = model(*inputs)
        h = h.float()
        start, end = model.spans(h)
        for i, place in zip(batch, places):
            at, n = place[runs[i][1]], len(items[i]["sentence"].forms)
            p = torch.sigmoid(start[at : at + n] @ end[at : at + n].T * SPAN**-0.5 + model.bias).triu()
            pairs = (p > floor).nonzero()
            kinds = model.kinds(h, at + pairs[:, 0], at + pairs[:, 1]).softmax(-1)
            out[i] = [(a, b, p[a, b].item(), k.tolist()) for (a, b), k in zip(pairs.tolist(), kinds)]
    model.train()
    return out


def f1(gold, system):
    right = sum(len(g & s) for g, s in zip(gold, system))
    return round(200 * right / max(1, sum(map(len, gold)) + sum(map(len, system))), 2)


def named(sentence, mentions):
    """Outermost persons, organizations and places whose head is a proper noun (by the gold tree)."""
    kept = []
    for i, j, k in sorted(mentions, key=lambda m: (m[0], -m[1])):
        heads = [w for w in range(i, j + 1) if not i <= sentence.heads[w] - 1 <= j]
        if k in ("person", "organization", "place") and heads and sentence.upos[heads[0]] == "PROPN" and not any(a <= i and j <= b for a, b, _ in kept):
            kept.append((i, j, k))
    return set(kept)


def score(items, predicted):
    gold = [set(x["sentence"].mentions) for x in items]
    system = [{(a, b, treebank.ENTITY_TYPES[max(range(KINDS), key=k.__getitem__)]) for a, b, p, k in ps if p > 0.5} for ps in predicted]
    spans = lambda sets: [{(a, b) for a, b, _ in s} for s in sets]
    outer = lambda sets: [named(x["sentence"], s) for x, s in zip(items, sets)]
    return {"typed": f1(gold, system), "untyped": f1(spans(gold), spans(system)), "named": f1(outer(gold), outer(system))}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("what", choices=["train", "label"]); a.add_argument("texts", nargs="*")
    a.add_argument("--gum", required=True); a.add_argument("--ewt"); a.add_argument("--base", required=True); a.add_argument("--out", required=True)
    a.add_argument("--epochs", type=int, default=6); a.add_argument("--lr", type=float, default=6e-5); a.add_argument("--limit", type=int, default=192)
    a.add_argument("--budget", type=int, default=1024); a.add_argument("--threads", type=int, default=2); a.add_argument("--seed", type=int, default=11)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    os.makedirs(args.out, exist_ok=True)
    pieces = WordPiece(f"{args.base}/vocab.txt", cls="<s>", sep="</s>")
    train = treebank.read(f"{args.gum}/gum-open-train.conllu", True)
    index = {k: {v: i for i, v in enumerate(sorted({v for s in train for v in of(s)}))} for k, of in (("upos", lambda s: s.upos), ("rels", lambda s: s.rels))}
    model = Teacher(args.base, len(index["upos"]), len(index["rels"]))
    if args.what == "label":
        model.load_state_dict(torch.load(f"{args.out}/teacher.pt"))
        label(model, args, pieces)
        return
    train, dev = prepare(train, pieces), prepare(treebank.read(f"{args.gum}/gum-open-dev.conllu", True), pieces)
    # Word embeddings stay as they are: 5,931 sentences would move few of them.
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": args.lr}, {"params": fast, "lr": args.lr * 15}], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    steps = args.epochs * len(batches(windows(train, args.limit, random.Random(0)), args.budget))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (steps * 0.08)) * max(0.02, 1 - s / steps))
    step = 0
    model.train()
    for epoch in range(args.epochs):
        began, running, count = time.time(), 0.0, 0
        runs = windows(train, args.limit, rng)
        order = batches(runs, args.budget)
        rng.shuffle(order)
        for batch in order:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, [runs[i] for i in batch], pieces, index)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step(); schedule.step()
            step += 1; running += loss.item(); count += 1
            if step % 25 == 0:
                print(f"step {step}/{steps} loss {running / count:.3f} {(time.time() - began) / count:.2f} s/step", flush=True)
        torch.save(model.state_dict(), f"{args.out}/teacher.pt.tmp")
        os.replace(f"{args.out}/teacher.pt.tmp", f"{args.out}/teacher.pt")
        report = {"epoch": epoch + 1, "loss": round(running / count, 3), "minutes": round((time.time() - began) / 60, 1)}
        if epoch >= 2:
            report["gum-dev"] = score(dev, predict(model, dev, pieces, args.limit, 0.5))
        print(json.dumps(report), flush=True)


def label(model, args, pieces):
    """Writes `silver.jsonl`: EWT's train sentences in order, then the lines of the texts, each with the pairs that may be mentions."""
    sentences = treebank.read(f"{args.ewt}/en_ewt-ud-train.conllu", False) + [s for path in args.texts for s in treebank.plain(path)]
    items = prepare(sentences, pieces)
    for index, s in enumerate(sentences):
        s.index = index
    rows = [[] for _ in sentences]
    for x, pairs in zip(items, predict(model, items, pieces, args.limit, FLOOR)):
        rows[x["sentence"].index] = [[a, b, round(p, 3), [round(v, 3) for v in k]] for a, b, p, k in pairs]
    with open(f"{args.out}/silver.jsonl", "w") as f:
        for row in rows:
            f.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
