"""The Demarche corpus as training items: events by words, cut into sentences as the program itself cuts them.

A word belongs to a span if it lies inside it. Roles that stand in another sentence than the trigger (a dateline's
town) are left out, as the model sees one sentence at a time.
"""

import json, re, subprocess, sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training" / "corpus"))
import corpus
import treebank

ROLES = ["actor", "recipient", "place", "date", "speaker", "cue", "outlet"]
NONE, SPEECH = "none", "speech"  # no trigger; a cue of speech that carries no event
IGNORE = -100


@dataclass
class Told:
    """One event as the heads learn it. What is IGNORE or None is not annotated and not learnt from."""

    word: int
    type: int
    act: int = IGNORE
    status: int = IGNORE
    contexts: list = None
    roles: dict = field(default_factory=dict)  # role -> [[words of a span]]
    annotated: tuple = tuple(ROLES)  # roles of which all spans are marked


def vocabulary():
    """Labels of the heads: acts (with none and speech first), statuses, contexts, roles."""
    known = corpus.acts()
    return {"types": [NONE, SPEECH] + sorted({a["type"] for a in known.values()}), "acts": [NONE, SPEECH] + list(known), "status": corpus.STATUSES, "contexts": corpus.contexts(), "roles": ROLES}


def types(vocab):
    """Each act's type as a number; none and speech are types of their own."""
    known = corpus.acts()
    return [vocab["types"].index(a if a in (NONE, SPEECH) else known[a]["type"]) for a in vocab["acts"]]


def words(texts, program=None):
    """For every text its sentences as lists of words (start, end) in characters."""
    command = [program] if program else ["cargo", "run", "--quiet", "--release", "--manifest-path", str(ROOT / "Cargo.toml"), "-p", "demarche-language", "--example", "words"]
    text = "".join(t + "\n" for t in texts)
    out = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    rows = [json.loads(line.replace("(", "[").replace(")", "]")) for line in out.splitlines()]
    assert len(rows) == len(texts), "one line of words for each text"
    return rows


def load(folder=ROOT / "training/corpus/train"):
    """All records of a folder, in the order of its files' names."""
    return [r for f in sorted(Path(folder).glob("*.txt")) for r in corpus.read(f)]


def pieces_of(text, spans, pieces):
    """Word pieces, case classes and the place of each word's first piece, [CLS] first."""
    ids, case, first, before = [pieces.cls], [0], [0], None
    for a, b in spans:
        form = text[a:b]
        first.append(len(ids))
        word = pieces.word(form)
        ids.extend(word)
        case.extend([treebank.case_class(form) * 2 + (before == a)] * len(word))
        before = b
    ids.append(pieces.sep)
    case.append(0)
    return ids, case, first


def covered(spans, a, b):
    return [w for w, (s, e) in enumerate(spans) if s < b and e > a]


def prepare(records, vocab, pieces, program=None):
    """One item a sentence; its events are a list of `Told`."""
    acts, type_of = {a: i for i, a in enumerate(vocab["acts"])}, types(vocab)
    items = []
    for r, sentences in zip(records, words([r.text for r in records], program)):
        for spans in sentences:
            ids, case, first = pieces_of(r.text, spans, pieces)
            if len(ids) > 300:
                continue
            here = lambda a, b: covered(spans, a, b)
            told = []
            for e in r.events:
                trigger = here(*e.trigger)
                if not trigger:
                    continue
                roles = {}
                for role, where in e.roles.items():
                    found = [here(a, b) for a, b in where]
                    # "on Friday" and "Friday" are one date.
                    if role in ("date", "place"):
                        found = [f[1:] if len(f) > 1 and r.text[slice(*spans[f[0]])].lower() in ("on", "in", "at", "during") else f for f in found]
                    found = [f for f in found if f]
                    if found:
                        roles[role] = found
                # In a compound ("cease-fire") the last part carries the tag.
                word = next((w for w in reversed(trigger) if any(c.isalnum() for c in r.text[slice(*spans[w])])), trigger[-1])
                if isinstance(e, Row):
                    fits = [i for i, act in enumerate(vocab["acts"]) if act in e.acts]
                    told.append(Told(word, vocab["types"].index(e.type), fits[0] if len(fits) == 1 else IGNORE, roles=roles, annotated=("actor", "recipient")))
                else:
                    contexts = [vocab["contexts"].index(c) for c in e.contexts]
                    told.append(Told(word, type_of[acts[e.act]], acts[e.act], vocab["status"].index(e.status), contexts, roles))
            taken = {e.word for e in told}
            speech = {role: [f for f in (here(a, b) for a, b in where) if f] for role, where in r.speech.items()}
            for cue in speech.get("cue", []):
                word = cue[0]
                if word not in taken:
                    taken.add(word)
                    told.append(Told(word, type_of[1], 1, roles={k: v for k, v in speech.items() if k in ("speaker", "outlet") and v}))
            items.append({"ids": ids, "case": case, "first": first, "events": told, "text": r.text, "words": spans, "record": r})
    return items


@dataclass
class Row:
    """The event of a lexicon row's example: its type, and the acts of that type that have the row's code."""

    trigger: tuple
    type: str
    acts: list
    roles: dict


def lexicon():
    """The example sentences of the lexicon as records: triggers by type, actors and recipients; senses that are no event as sentences without one."""
    known, out, seen = corpus.acts(), [], set()
    for path in sorted((ROOT / "data/lexicon").glob("*.tsv")):
        lines = [l.split("\t") for l in path.read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]
        if lines[0][0] != "pattern":
            continue
        for row in (dict(zip(lines[0], l)) for l in lines[1:]):
            marked, kind = row.get("example", ""), row["type"]
            if not marked or marked in seen:
                continue
            seen.add(marked)
            text, trigger, open_, roles = "", None, [], {}
            for part in re.split(r"(\{[A-Z]+:|[\[\]}])", marked):
                if part[:1] in "{[" and part:
                    open_.append((part, len(text)))
                elif part in ("]", "}"):
                    label, start = open_.pop()
                    if label == "[":
                        trigger = (start, len(text))
                    else:
                        roles.setdefault(corpus.ROLES[label[1]], []).append((start, len(text)))
                else:
                    text += part
            events = []
            if kind != "NONE":
                same = [a for a, v in known.items() if v["type"] == kind and v["mode"] == row["mode"] and v["cameo"].startswith(row["cameo"])]
                events = [Row(trigger, kind, [a for a in same if known[a]["cameo"] == row["cameo"]] or same, roles)]
            out.append(corpus.Record(text, events, {}, "", "", str(path), 0))
    return out
