"""Training items of a batch as tensors: inputs, labels a row, and where gold arcs, spans and roles lie. A row is a word or, before each sentence's words, its root.

Losses and predictions work on whole batches by `grid`, which holds the rows of every sentence, filled up with row 0. On a GPU many batches
go over in one piece, for each copy and each small kernel costs more there than what it does.
"""

from dataclasses import dataclass, field

import numpy as np
import torch

from events import IGNORE, ROLES

CHUNK = 256  # batches that go to a GPU together
LABELS = ("upos", "feats", "lemma", "rels")


@dataclass
class Batch:
    """Tensors by name, and plain numbers of the batch as attributes."""

    tensors: dict
    sentences: int
    width: int  # rows of the longest sentence
    rows: int
    told: int = 0  # events
    statuses: bool = False  # any event with a status
    contextual: int = 0  # events with contexts
    spotted: int = 0  # words of sentences whose mentions are marked
    quiet: bool = False
    items: list = field(default_factory=list)

    def __getitem__(self, name):
        return self.tensors[name]

    def __contains__(self, name):
        return name in self.tensors

    @property
    def inputs(self):
        """What the model reads."""
        return tuple(self.tensors[name] for name in ("ids", "case", "mask", "words"))

    def grid_of(self, block):
        """A block of rows as [sentences, width, ...]."""
        return block.index_select(0, self.tensors["grid"].view(-1)).view(self.sentences, self.width, *block.shape[1:])


def packed(x):
    """An item's labels as arrays, made once."""
    if "packed" in x:
        return x["packed"]
    array = lambda v: np.asarray(v, dtype=np.int64)
    out = {name: array(x[name]) for name in ("ids", "case", "first")}
    if "upos" in x:
        out |= {name: array(x[name]) for name in (*LABELS, "heads")}
        out["mentions"] = None if x["mentions"] is None else array(x["mentions"]).reshape(-1, 3)
    if "events" in x:
        told = x["events"]
        out["told"] = array([(e.word, e.act, e.type, e.status) for e in told]).reshape(-1, 4)
        out["known"] = array([[r in e.annotated for r in ROLES] for e in told]).reshape(-1, len(ROLES))
        out["roles"] = array([(i, ROLES.index(r), w) for i, e in enumerate(told) for r, spans in e.roles.items() for s in spans for w in s]).reshape(-1, 3)
        out["contextual"] = array([i for i, e in enumerate(told) if e.contexts is not None])
        place = {i: k for k, i in enumerate(out["contextual"].tolist())}
        out["contexts"] = array([(place[i], c) for i, e in enumerate(told) if e.contexts is not None for c in e.contexts]).reshape(-1, 2)
    x["packed"] = out
    return out


def collate(batch, multiple=1):
    """The batch's tensors in main memory, sentences filled up to a multiple of so many word pieces. Labels are there that all items have."""
    parts = [packed(x) for x in batch]
    lengths = np.array([len(p["ids"]) for p in parts])
    sizes = np.array([len(p["first"]) for p in parts])
    starts = np.cumsum(sizes) - sizes
    t, width, n = int(-(-lengths.max() // multiple) * multiple), int(sizes.max()), int(sizes.sum())
    join = lambda name: np.concatenate([p[name] for p in parts])
    inside, real = np.arange(t) < lengths[:, None], np.arange(width) < sizes[:, None]
    out = {"mask": inside.astype(np.int64), "ids": np.zeros((len(batch), t), np.int64), "case": np.zeros((len(batch), t), np.int64)}
    out["ids"][inside], out["case"][inside] = join("ids"), join("case")
    out["words"] = join("first") + np.repeat(np.arange(len(batch)) * t, sizes)
    out["grid"], out["real"] = np.where(real, np.arange(width) + starts[:, None], 0), real.astype(np.int64)
    made = Batch(out, len(batch), width, n)
    words = np.ones(n, bool)
    words[starts] = False
    if all("upos" in p for p in parts):
        for name in LABELS:
            out[name] = np.full(n, IGNORE)
            out[name][words] = join(name)
        heads = np.zeros(n, np.int64)
        heads[words] = join("heads")
        out["head_rows"] = heads + np.repeat(starts, sizes)
        out["heads"] = np.full((len(batch), width), IGNORE)
        out["heads"][real] = np.where(words, heads, IGNORE)
        marked = np.array([p["mentions"] is not None for p in parts])
        made.spotted = int(sizes[marked].sum() - marked.sum())
        if made.spotted:
            out["marked"] = marked.astype(np.int64)
            where = np.concatenate([np.full(len(p["mentions"]), i) for i, p in enumerate(parts) if marked[i]]).astype(np.int64)
            first, last, kind = np.concatenate([p["mentions"] for p in parts if p["mentions"] is not None]).T
            out["span_at"] = (where * width + first + 1) * width + last + 1
            out["span_first"], out["span_last"], out["span_kind"] = starts[where] + 1 + first, starts[where] + 1 + last, kind
        quiet = np.array([x.get("quiet", False) for x in batch])
        made.quiet = bool(quiet.any())
        if made.quiet:
            out["quiet"] = (np.repeat(quiet, sizes) & words).astype(np.int64)
    if all("told" in p for p in parts):
        counts = np.array([len(p["told"]) for p in parts])
        made.told, before = int(counts.sum()), np.cumsum(counts) - counts
        word, act, kind, status = join("told").T
        rows = word + 1 + np.repeat(starts, counts)
        for name, values in (("acts", act), ("types", kind)):
            out[name] = np.where(words, 0, IGNORE)
            out[name][rows] = values
        out["told"], out["told_in"], out["status"] = rows, np.repeat(np.arange(len(batch)), counts), status
        made.statuses = bool((status != IGNORE).any())
        out["known"] = join("known")
        event, role, at = join("roles").T
        event = event + np.repeat(before, [len(p["roles"]) for p in parts])
        out["role_at"] = (event * len(ROLES) + role) * width + at + 1
        contextual = [len(p["contextual"]) for p in parts]
        made.contextual = sum(contextual)
        out["contextual"] = join("contextual") + np.repeat(before, contextual)
        event, context = join("contexts").T
        out["context_event"] = event + np.repeat(np.cumsum(contextual) - contextual, [len(p["contexts"]) for p in parts])
        out["context"] = context
    if "source" in batch[0]:
        for name in ("source", "target", "refused"):
            out[name] = np.zeros((len(batch), width), np.int64)
            for i, x in enumerate(batch):
                out[name][i, np.array(x.get(name, []), np.int64) + 1] = 1
        fits = np.array([(i * width + w + 1, n) for i, x in enumerate(batch) for w, n in x.get("fits", [])], np.int64).reshape(-1, 2)
        out["fits_at"], out["fits"] = fits.T
    made.tensors = {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in out.items()}
    made.items = batch
    return made


def moved(made, device):
    """Batches on a device, all in one copy."""
    if torch.device(device).type == "cpu":
        return made
    flat = torch.cat([v.reshape(-1) for b in made for v in b.tensors.values()])
    flat, at = flat.pin_memory().to(device, non_blocking=True), 0
    for b in made:
        for name, v in b.tensors.items():
            b.tensors[name] = flat[at : at + v.numel()].view(v.shape)
            at += v.numel()
    return made


def ready(batches, device="cpu"):
    """The batches one by one, on the device."""
    chunk = 1 if torch.device(device).type == "cpu" else CHUNK
    for i in range(0, len(batches), chunk):
        # Matrix kernels of a GPU want lengths that are multiples of eight.
        yield from moved([collate(b, 1 if chunk == 1 else 8) for b in batches[i : i + chunk]], device)
