#!/usr/bin/env python3
"""Makes the articles of the demo from the stories that are written in `stories/`.

    python3 examples/demo/make.py            writes the .jsonl files beside it
    python3 examples/demo/make.py --check    says whether they are what the stories give

A story is what happened on a day. It has heads (an outlet's title and lead), paragraphs that outlets share, and copies:

    === 2026-01-06 water         the day, and the thread whose background may be told
    @CP La Paz | Title           an outlet, where it writes from, its title; then its own paragraphs
    @RPI +1 | Title              published a day later
    + A paragraph.               any outlet may have it: each head takes two or three, in order
    = ORH of CP +1 | Title       the agency's text again, a little shorter

In paragraphs [D], [D-1], [D+3] are days of the week, counted from the day of the story, and [M+3] is a date. {a|b} are wordings
of which an outlet takes one. Everything else is as it stands. Nothing is drawn by chance, so the same stories give the same bytes.
"""

import datetime
import hashlib
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
MONTHS = ["january", "february", "march", "april", "may", "june"]

# Outlets: name, domain, form of the dateline (None: without one), bylines, furniture at the end.
OUTLETS = {
    "CP": ("Cordillera Press", "cordillerapress.example", "{CITY}, {Mon} {d} (Cordillera Press) - ", [], []),
    "AW": ("Atlas Newswire", "atlasnewswire.example", "{CITY}, {Month} {d} - ",
           ["Helen Marsh-Tavares", "Tomas Eklund-Rey", "Ines Calloway"], []),
    "ACO": ("Asunción Courier", "asuncioncourier.example", None,
            ["Lorena Vargas-Holt", "Derlis Ayala-Finch", "Newsroom"], ["Share this article", "Read more: {before}"]),
    "LPL": ("La Paz Ledger", "lapazledger.example", "{CITY} - ",
            ["Martha Quisbert-Lane", "Ramiro Choque-Penn"], ["Sign up for our newsletter"]),
    "ORH": ("Oriente Herald", "orienteherald.example", None, ["Silvia Roca-Amberg", "Staff reporter"], []),
    "RPI": ("Radio Pilcomayo", "radiopilcomayo.example", None, [], ["Listen live on 94.1 FM"]),
    "RPT": ("River Plate Tribune", "riverplatetribune.example", "{CITY} - ",
            ["Gaston Ferreyra-Wood", "Paula Ledesma-Orr"], ["Leave a comment", "Related articles", "{before}"]),
    "MVD": ("Montevideo Dispatch", "montevideodispatch.example", None, ["Cecilia Ourthe-Pons"], []),
    "CHM": ("Chaco Rights Watchpost", "chacowatchpost.example", None, [], ["Donate to our work"]),
    "SAR": ("Southern Affairs Review", "southernaffairs.example", None, ["Edmund Carrasco-Vale"], ["Subscribe to read more"]),
    "MAU": ("Le Messager Austral", "messageraustral.example", None, ["Camille Audrain-Soto"], []),
    "CLS": ("El Clarinero del Sur", "clarinero.example", None, ["Rosa Benítez-Laguna"], []),
}

# Words that a report has at least where its story gives as many, wordings not chosen counted too.
ENOUGH = 95


def chosen(n, *key):
    """One of n, always the same one for the same key."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, key)).encode()).digest()[:4], "big") % n


def filled(text, day, *key):
    """A paragraph with its days and wordings."""
    def date(match):
        then = day + datetime.timedelta(int(match[2] or 0))
        return f"{then:%A}" if match[1] == "D" else f"{then:%B} {then.day}"

    def wording(match):
        wordings = match[1].split("|")
        return wordings[chosen(len(wordings), match[1], *key)]

    text = re.sub(r"\[([DM])([+-]\d+)?\]", date, text)
    return re.sub(r"\{([^{}]*\|[^{}]*)\}", wording, text)


class Head:
    def __init__(self, line, number):
        left, _, title = line.partition("|")
        words = left.split()
        self.outlet = words.pop(0)
        if self.outlet not in OUTLETS:
            raise SystemExit(f"line {number}: no outlet {self.outlet}")
        self.source = words[1] if words[:1] == ["of"] else None
        words = words[2:] if self.source else words
        late = [word for word in words if re.fullmatch(r"\+\d", word)]
        self.late = int(late[0]) if late else 0
        self.city = " ".join(word for word in words if word not in late)
        self.title = title.strip()
        self.own = []


class Story:
    def __init__(self, line):
        day, *rest = line.split()
        self.day = datetime.date.fromisoformat(day)
        self.thread = rest[0] if rest else None
        self.heads, self.shared, self.copies = [], [], []


def stories(path):
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("=== "):
            found.append(Story(line[4:]))
        elif line.startswith("@"):
            found[-1].heads.append(Head(line[1:], f"{path.name}:{number}"))
        elif line.startswith("= "):
            found[-1].copies.append(Head(line[2:], f"{path.name}:{number}"))
        elif line.startswith("+ "):
            found[-1].shared.append(line[2:])
        else:
            found[-1].heads[-1].own.append(line)
    return found


def backgrounds():
    """What is told at the end of a report of what went before: by thread, with the first day on which it is true."""
    told = {}
    for line in (HERE / "stories" / "background.story").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            thread, since, until, text = line.split(" ", 3)
            told.setdefault(thread, []).append((datetime.date.fromisoformat(since), datetime.date.fromisoformat(until), text))
    return told


def slug(title):
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:8])


def body(story, position, told):
    """The paragraphs of a head: its own, some that others have too, and sometimes what went before."""
    head = story.heads[position]
    count = len(story.shared)
    words = sum(len(text.split()) for text in head.own)
    places = []
    while len(places) < count and (len(places) < 2 or words < ENOUGH):
        places.append((2 * position + len(places)) % count)
        words += len(story.shared[places[-1]].split())
    parts = head.own + [story.shared[place] for place in sorted(places)]
    fit = [text for since, until, text in told.get(story.thread, []) if since <= story.day < until]
    first = chosen(len(fit), story.day, head.outlet) if fit else 0
    plain = head.outlet not in ("RPI", "CHM")
    while fit and (plain or words < ENOUGH):
        parts.append(fit.pop(first % len(fit)))
        words += len(parts[-1].split())
        plain = False
    return [filled(text, story.day, story.day, head.outlet) for text in parts]


def articles(path, told, before):
    made = []
    for story in stories(path):
        bodies = {}
        for position, head in enumerate(story.heads):
            bodies.setdefault(head.outlet, (head, body(story, position, told)))
            made.append(article(story, head, body(story, position, told), before))
        for copy in story.copies:
            head, parts = bodies[copy.source]
            # A long report loses its last paragraph.
            parts = parts[:-1] if len(parts) > 5 else parts
            # Half of the papers leave the agency's title as it is.
            copy.title = copy.title if chosen(2, copy.title, copy.outlet) else head.title
            copy.city = head.city
            credit = OUTLETS[copy.source][0]
            made.append(article(story, copy, parts[:], before, credit))
        if story.heads:
            before[0] = story.heads[0].title
    return made


def article(story, head, parts, before, credit=None):
    name, domain, dateline, bylines, furniture = OUTLETS[head.outlet]
    title = filled(head.title, story.day, story.day, head.outlet)
    published = story.day + datetime.timedelta(head.late)
    if dateline and head.city and not credit:
        day = story.day
        parts[0] = dateline.format(CITY=head.city.upper(), Mon=f"{day:%b}", Month=f"{day:%B}", d=day.day) + parts[0]
    if credit:
        parts[-1] += f" ({credit})"
    byline = credit or (bylines[chosen(len(bylines), title)] if bylines else None)
    named = before[0] if not credit else None
    parts += [text.format(before=named) for text in furniture if named or "{before}" not in text]
    path = f"{published:%Y/%m/%d}/{slug(title)}"
    record = {
        "id": f"{head.outlet.lower()}-{published:%Y%m%d}-{slug(title)}",
        "url": f"https://{domain}/{path}",
        "title": title,
        "text": "\n\n".join(parts),
        "published": published.isoformat(),
        "outlet": name,
    }
    if byline:
        record["byline"] = byline
    return record


def main():
    check = sys.argv[1:] == ["--check"]
    told, before, seen, total = backgrounds(), [None], set(), 0
    for number, month in enumerate(MONTHS, 1):
        path = HERE / "stories" / f"{number:02}-{month}.story"
        if not path.exists():
            continue
        made = sorted(articles(path, told, before), key=lambda record: record["published"])
        for record in made:
            if record["id"] in seen:
                raise SystemExit(f"{record['id']} stands twice: choose another title")
            seen.add(record["id"])
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in made)
        target = HERE / f"{number:02}-{month}.jsonl"
        if check and (not target.exists() or target.read_text("utf-8") != text):
            raise SystemExit(f"{target.name} is not what the stories give: run make.py")
        if not check:
            target.write_text(text, "utf-8")
        total += len(made)
        print(f"{target.name}: {len(made)} articles, {len(text.encode())} bytes")
    print(f"{total} articles")


if __name__ == "__main__":
    main()
