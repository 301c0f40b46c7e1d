"""The Demarche corpus as training items: events by words, cut into sentences as the program itself cuts them.

A word belongs to a span if it lies inside it. Roles that stand in another sentence than the trigger (a dateline's
town) are left out, as the model sees one sentence at a time.
"""

import json, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training" / "corpus"))
import corpus
import treebank

ROLES = ["actor", "recipient", "place", "date", "speaker", "cue", "outlet"]
NONE, SPEECH = "none", "speech"  # no trigger; a cue of speech that carries no event
IGNORE = -100


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


def load(files):
    return [r for f in files for r in corpus.read(f)]


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
    """One item a sentence. `events`: (trigger word, act, status, contexts, {role: [[words of a span]]})."""
    acts = {a: i for i, a in enumerate(vocab["acts"])}
    items = []
    for r, sentences in zip(records, words([r.text for r in records], program)):
        for spans in sentences:
            ids, case, first = pieces_of(r.text, spans, pieces)
            if len(ids) > 300:
                continue
            here = lambda a, b: covered(spans, a, b)
            events = []
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
                events.append((word, acts[e.act], vocab["status"].index(e.status), [vocab["contexts"].index(c) for c in e.contexts], roles))
            taken = {e[0] for e in events}
            speech = {role: [f for f in (here(a, b) for a, b in where) if f] for role, where in r.speech.items()}
            for cue in speech.get("cue", []):
                word = cue[0]
                if word not in taken:
                    taken.add(word)
                    roles = {k: v for k, v in speech.items() if k in ("speaker", "outlet") and v}
                    events.append((word, 1, IGNORE, [], roles))
            items.append({"ids": ids, "case": case, "first": first, "events": events, "text": r.text, "words": spans, "record": r})
    return items
