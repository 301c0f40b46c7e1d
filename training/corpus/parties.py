"""Who the parties of the corpus' articles are: checks parties/*.txt, and writes the articles with their parties marked.

    python parties.py               # form and completeness
    python parties.py --out FOLDER  # articles as `demarche eval mentions` reads them (evals/README.md), for training/home.py

A file of parties/ belongs to the file of that name in train/. A line `## TITLE | DATE | DATELINE` names an article; the lines after it are
`NUMBER CODE SECTORS`: the party's country or code, and its sectors separated by commas, `-` for none. Numbers count the article's different spans that are
actor, recipient or speaker, in the order of their beginnings, the longer first.
"""

import argparse
import re
import sys
from pathlib import Path

import corpus

HERE = Path(__file__).resolve().parent
SECTORS = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
LINE = re.compile(r"([0-9]+) ([A-Z]{3}|-) (-|[A-Z,]+)$")


def articles(path):
    """Title line -> records of a corpus file's articles."""
    found = {}
    for record in corpus.read(path):
        if record.article:
            found.setdefault(record.article.split(":", 1)[1], []).append(record)
    return found


def spans(record):
    """The different spans of actors, recipients and speakers."""
    parties = [s for e in record.events for role in ("actor", "recipient", "speaker") for s in e.roles.get(role, [])]
    return sorted({tuple(s) for s in parties + record.speech.get("speaker", [])}, key=lambda s: (s[0], -s[1]))


def read(path, fault):
    """Title line -> {number: (code, sectors)}."""
    found, here = {}, None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            here = found.setdefault(line[3:].strip(), {})
        elif line.strip():
            m = LINE.match(line)
            if not m or here is None or (m.group(3) != "-" and not set(m.group(3).split(",")) <= SECTORS):
                fault(f"{path}:{number}: not `NUMBER CODE SECTORS`: {line}")
                continue
            here[int(m.group(1))] = (m.group(2), m.group(3).replace(",", " "))
    return found


def marked(record, first, values):
    """A sentence with its parties marked, whose numbers begin at `first`."""
    opens, closes = {}, {}
    for n, (start, end) in enumerate(spans(record), first):
        opens[start] = opens.get(start, 0) + 1
        closes.setdefault(end, []).insert(0, values[n])
    out = []
    for at in range(len(record.text) + 1):
        # What begins later ends first.
        out += [f"|A {code} {sectors}]" for code, sectors in closes.get(at, [])]
        out += ["["] * opens.get(at, 0)
        out += record.text[at : at + 1]
    return "".join(out)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    faults, count, files = [], 0, 0
    for path in sorted((HERE / "parties").glob("*.txt")):
        known = articles(HERE / "train" / path.name)
        for title, values in read(path, faults.append).items():
            if title not in known:
                faults.append(f"{path}: no article {title!r} in train/{path.name}")
                continue
            wanted = sum(len(spans(r)) for r in known[title])
            if set(values) != set(range(1, wanted + 1)):
                faults.append(f"{path}: {title!r} has {wanted} parties; {len(values)} are told")
                continue
            files, count = files + 1, count + wanted
            if args.out:
                args.out.mkdir(parents=True, exist_ok=True)
                name, date, _ = title.rsplit(" | ", 2)
                texts, first = [], 1
                for record in known[title]:
                    texts.append(marked(record, first, values))
                    first += len(spans(record))
                slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
                (args.out / f"{path.stem}-{slug}.txt").write_text(f"published: {date}\ntitle: {name}\n\n" + "\n\n".join(texts) + "\n", encoding="utf-8")
    print(f"{count} parties in {files} articles")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
