"""What both parts share: marks, days, outlets, copies of a wire, and the matching of coded events to gold.

Prose is in dev.py and held_out.py and shares nothing. In a text, `[struck|E1]` marks words that tell gold event E1.
"""
import datetime as dt
import gzip
import json
import random
import re
import subprocess

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
MARK = re.compile(r"\[([^\]|]+)\|([^\]]+)\]")


def day(text):
    return dt.date.fromisoformat(text)


def month_day(date, british=False):
    return f"{date.day} {MONTHS[date.month - 1]}" if british else f"{MONTHS[date.month - 1]} {date.day}"


def strip(text):
    """The text without marks, and the marks as (start, end, gold)."""
    out, marks, at = [], [], 0
    length = 0
    for m in MARK.finditer(text):
        before = text[at:m.start()]
        out.append(before)
        length += len(before)
        marks.append((length, length + len(m[1]), m[2]))
        out.append(m[1])
        length += len(m[1])
        at = m.end()
    out.append(text[at:])
    return "".join(out), marks


class Press:
    """Collects events and articles of one part."""

    def __init__(self, part, seed, outlets):
        self.part, self.rng, self.outlets = part, random.Random(seed), outlets
        self.events, self.articles, self.notes = {}, [], []

    def event(self, kind, dyad, date, **more):
        """A gold event: `dyad` is (actor codes, recipient codes) as a reader would code it."""
        name = f"{self.part}{len(self.events) + 1:04}"
        self.events[name] = dict(id=name, kind=kind, actor=dyad[0], recipient=dyad[1], date=str(date), **more)
        return name

    def note(self, date, tell):
        """Something that round-ups may tell in a sentence: `tell` makes it, given the day of publication."""
        self.notes.append((date, len(self.notes), tell))

    def round_ups(self, share, titles):
        """Papers that tell several events of the last days side by side."""
        self.notes.sort(key=lambda note: note[:2])
        for date in sorted({note[0] for note in self.notes}):
            near = [note for note in self.notes if 0 <= (date - note[0]).days <= 2]
            if len(near) >= 2 and self.chance(share):
                told = self.rng.sample(near, min(len(near), self.rng.randint(2, 4)))
                published = date + dt.timedelta(days=1)
                self.article(published, self.pick(titles), [tell(published) for _, _, tell in told])

    def pick(self, options):
        return self.rng.choice(options)

    def chance(self, p):
        return self.rng.random() < p

    def outlet(self):
        return self.pick(self.outlets)

    def article(self, published, title, body, outlet=None, wire=None, group=None):
        """One article; `body` is a list of sentences or paragraphs."""
        number = len(self.articles) + 1
        article = dict(
            id=f"{self.part}-{number:04}", published=str(published), source=outlet or self.outlet(), title=tidy(title),
            text="\n\n".join(tidy(p) for p in body if p), wire=wire, group=group,
        )
        self.articles.append(article)
        return article

    def copies(self, article, agency, how_many, swaps):
        """Other outlets print a wire's story with edits: shorter, another headline, a few words changed."""
        article["wire"] = agency
        article["group"] = article["group"] or f"g-{article['id']}"
        for outlet in self.rng.sample(self.outlets, how_many):
            paragraphs = article["text"].split("\n\n")
            if len(paragraphs) > 2 and self.chance(0.5):
                paragraphs = paragraphs[: self.rng.randint(2, len(paragraphs) - 1)]
            text = "\n\n".join(paragraphs)
            for old, new in self.rng.sample(swaps, min(2, len(swaps))):
                text = text.replace(old, new)
            self.articles.append(dict(
                article, id=f"{self.part}-{len(self.articles) + 1:04}", source=outlet, text=text,
                published=str(day(article["published"]) + dt.timedelta(days=1 if self.chance(0.2) else 0)),
            ))


def tidy(text):
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").replace(" .", ".").replace(",,", ",").strip()
    text = re.sub(r"\b([Aa]) (\[?)(?=[AEIOaeio](?!ne\b))", r"\1n \2", text)
    return re.sub(r"(^|[.!?] |\n)(\[?)([a-z])", lambda m: m[1] + m[2] + m[3].upper(), text)


def run_coder(program, press, folder):
    """Codes the articles, gives every record its gold, and writes the part."""
    plain, marks = {}, {}
    news = folder / f"{press.part}-news.jsonl"
    with open(news, "w") as out:
        for a in press.articles:
            full, found = strip(a["title"] + "\n\n" + a["text"])
            title, text = full.split("\n\n", 1)
            plain[a["id"]], marks[a["id"]] = full, found
            row = dict(id=a["id"], title=title, text=text, published=a["published"], source=a["source"])
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    coded = subprocess.run([program, "code", str(news), "--format", "jsonl"], check=True, capture_output=True, text=True).stdout
    news.unlink()
    known = {a["id"]: a for a in press.articles}
    counts = dict(records=0, gold=0, none=0)
    told = set()
    rows = []
    for line in coded.splitlines():
        record = json.loads(line)
        name = record["article"]["id"]
        start, end = record["spans"]["sentence"]
        assert plain[name][start:end] == record["text"], (name, plain[name][start:end], record["text"])
        record["article"]["origin"] = name
        article = known[name]
        gold = match(record, marks[name], press.events)
        counts["records"] += 1
        counts["gold" if gold else "none"] += 1
        told.add(gold)
        record["gold"] = gold
        record["known"] = dict(wire=article["wire"], group=article["group"])
        rows.append(record)
    told.discard(None)
    with gzip.GzipFile(folder / f"{press.part}.jsonl.gz", "wb", mtime=0) as out:
        for record in rows:
            out.write((json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
    with open(folder / f"{press.part}-events.jsonl", "w") as out:
        for name, event in press.events.items():
            if name in told:
                out.write(json.dumps(event, ensure_ascii=False) + "\n")
    with gzip.GzipFile(folder / f"{press.part}-articles.jsonl.gz", "wb", mtime=0) as out:
        for article in press.articles:
            out.write((json.dumps(article, ensure_ascii=False) + "\n").encode())
    print(press.part, "articles", len(press.articles), "events planned", len(press.events), "told", len(told), counts)


def match(record, marks, events):
    """The gold event whose marked words are the trigger; else the only one of its sentence, if it is of the same quad class."""
    start, end = record["spans"]["trigger"]
    over = [m for m in marks if m[0] < end and start < m[1]]
    if over:
        return over[0][2]
    first, last = record["spans"]["sentence"]
    inside = {m[2] for m in marks if first <= m[0] and m[1] <= last}
    if len(inside) == 1:
        gold = inside.pop()
        if record["quad_code"] in events[gold]["quads"]:
            return gold
    return None
