"""Reads the Demarche corpus: marked sentences to text, spans and events. The format is described in GUIDELINES.md.

`read(path)` gives a list of `Record`; positions are characters of `text`, end exclusive. A fault raises `Fault` with file and line.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

STATUSES = ["actual", "historical", "future", "hypothetical", "negated"]
ROLES = {"A": "actor", "R": "recipient", "P": "place", "D": "date", "S": "speaker", "C": "cue", "O": "outlet"}
KINDS = set(
    "sport business weather accident crime history idiom metaphor obituary opinion culture science health travel statement background".split()
)
LABEL = re.compile(r"(?:[ARPDSCO][0-9]+)+$")
TOKEN = re.compile(r"\{([A-Z][A-Z0-9]*):|\[([A-Z]?[0-9]+):|[\]}]")
EVENT = re.compile(r"^[0-9] \S+ \S+(?: \S+)?$")


class Fault(Exception):
    pass


@dataclass
class Event:
    act: str
    status: str
    contexts: list
    trigger: tuple
    roles: dict = field(default_factory=dict)  # role -> [(start, end)]


@dataclass
class Record:
    text: str
    events: list
    speech: dict  # attribution that carries no event: role -> [(start, end)]
    kind: str  # of a sentence without event, else ""
    article: str
    file: str
    line: int


def root():
    return Path(__file__).resolve().parents[2]


def acts():
    """act -> {type, mode, cameo, root, definition}, in the order of the table."""
    lines = [l for l in (root() / "data/acts.tsv").read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]
    head = lines[0].split("\t")
    return {r[0]: dict(zip(head[1:], r[1:])) for r in (l.split("\t") for l in lines[1:])}


def contexts():
    import tomllib

    return [c["name"] for c in tomllib.loads((root() / "data/ontology.toml").read_text(encoding="utf-8"))["context"]]


def unmark(marked):
    """Marked text to plain text, triggers {number: (start, end)} and spans [(label, start, end)]."""
    text, open_, triggers, spans, last = "", [], {}, [], 0
    for m in TOKEN.finditer(marked):
        text += marked[last : m.start()]
        last = m.end()
        if m.group(1) or (m.group(2) and not m.group(2).isdigit()):
            label = m.group(1) or m.group(2)
            if not LABEL.match(label):
                raise Fault(f"label {label!r} is not letters of {''.join(ROLES)} with event numbers")
            open_.append((label, len(text)))
        elif m.group(2):
            open_.append((int(m.group(2)), len(text)))
        else:
            if not open_:
                raise Fault(f"a bracket closes nothing near {marked[max(0, m.start() - 20) : m.end() + 5]!r}")
            label, start = open_.pop()
            if (m.group(0) == "]") != isinstance(label, int):
                raise Fault(f"the bracket that closes {label} is of the other kind")
            if text[start:] != text[start:].strip() or start == len(text):
                raise Fault(f"the span {label} is empty or has blanks at an end")
            if isinstance(label, int):
                if label in triggers:
                    raise Fault(f"event {label} has two triggers")
                if re.search(r"\s", text[start:]):
                    raise Fault(f"the trigger {text[start:]!r} is more than one word")
                triggers[label] = (start, len(text))
            else:
                spans.append((label, start, len(text)))
    text += marked[last:]
    if open_:
        raise Fault(f"the span {open_[-1][0]} is not closed")
    if re.search(r"[{}\[\]]", text):
        raise Fault("a bracket is left in the text")
    if "  " in text or text != text.strip():
        raise Fault("blanks: two together, or at an end")
    return text, triggers, spans


def record(lines, known_acts, known_contexts, article, file, number):
    text, triggers, spans = unmark(lines[0])
    events, kind = {}, ""
    for line in lines[1:]:
        if not EVENT.match(line):
            raise Fault(f"{line!r} is not `number act status contexts`")
        n, act, status, *rest = line.split(" ")
        n = int(n)
        if n == 0:
            if act != "none" or status not in KINDS:
                raise Fault(f"{line!r}: event 0 is `0 none KIND`, with a kind of {' '.join(sorted(KINDS))}")
            kind = status
            continue
        if act not in known_acts:
            raise Fault(f"no act {act!r} in data/acts.tsv")
        if status not in STATUSES:
            raise Fault(f"no status {status!r}")
        names = [] if not rest or rest[0] == "-" else rest[0].split(",")
        for name in names:
            if name not in known_contexts:
                raise Fault(f"no context {name!r} in data/ontology.toml")
        if n in events:
            raise Fault(f"event {n} has two lines")
        if n not in triggers:
            raise Fault(f"event {n} has no trigger")
        events[n] = Event(act, status, names, triggers[n])
    for n in triggers:
        if n not in events:
            raise Fault(f"trigger {n} has no event line")
    if bool(events) == bool(kind):
        raise Fault("a record has either event lines or one line `0 none KIND`")
    speech = {}
    for label, start, end in spans:
        for letter, digits in re.findall(r"([A-Z])([0-9]+)", label):
            for d in digits:
                if d == "0":
                    if letter not in "SCO":
                        raise Fault(f"label {label}: only S, C and O may have number 0")
                    home = speech
                elif int(d) not in events:
                    raise Fault(f"label {label}: no event {d}")
                else:
                    home = events[int(d)].roles
                home.setdefault(ROLES[letter], []).append((start, end))
    for a, b in {(a, b) for e in [x.trigger for x in events.values()] + [(s, t) for _, s, t in spans] for a, b in [e]}:
        for at in (a, b):
            if 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
                raise Fault(f"a span cuts the word near {text[max(0, at - 12) : at + 12]!r}")
    return Record(text, [events[n] for n in sorted(events)], speech, kind, article, file, number)


def read(path, faults=None):
    """The records of a file. Faults are raised, or appended to `faults` and the record left out."""
    known_acts, known_contexts = acts(), contexts()
    out, block, start, article = [], [], 0, ""
    lines = Path(path).read_text(encoding="utf-8").splitlines() + [""]
    for number, line in enumerate(lines, 1):
        if line.startswith("## article:"):
            article = f"{Path(path).stem}:{line[11:].strip()}"
        if line.startswith("#"):
            continue
        if line.strip():
            if not block:
                start = number
            block.append(line.rstrip())
        elif block:
            try:
                out.append(record(block, known_acts, known_contexts, article, str(path), start))
            except Fault as f:
                message = f"{path}:{start}: {f}"
                if faults is None:
                    raise Fault(message) from None
                faults.append(message)
            block = []
    return out
