"""Checks the Demarche corpus: form, quotas, near-duplicates; prints what it holds. Exit status 1 on a fault.

    python training/corpus/check.py [--quotas] [FILE...]     without files, the whole corpus
"""

import re, statistics, sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import corpus

HERE = Path(__file__).resolve().parent
SHINGLE, NEAR = 4, 0.5


def words(text):
    return re.findall(r"\w+(?:['’]\w+)?", text.lower())


def shingles(text):
    w = words(text)
    return {" ".join(w[i : i + SHINGLE]) for i in range(max(1, len(w) - SHINGLE + 1))}


def near_duplicates(records):
    """Pairs of sentences of which more than half the runs of four words are shared."""
    seen, sets, out = defaultdict(list), [], []
    for i, r in enumerate(records):
        mine = shingles(r.text)
        common = Counter(j for s in mine for j in seen[s])
        for j, n in common.items():
            if n / len(mine | sets[j]) > NEAR:
                out.append((records[j], r))
        for s in mine:
            seen[s].append(i)
        sets.append(mine)
    return out


def countries(records):
    """Codes of the countries that are named in a party, by name or adjective."""
    names = {}
    for line in (corpus.root() / "data/actors/countries.tsv").read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) > 2 and not line.startswith("#"):
            names[fields[2]] = fields[0]
    parties = {r.text[a:b] for r in records for e in r.events for role in ("actor", "recipient") for a, b in e.roles.get(role, [])}
    found = set()
    for text in parties:
        parts = re.findall(r"[\w.'’-]+", text)
        for size in (1, 2, 3, 4):
            for i in range(len(parts) - size + 1):
                run = " ".join(parts[i : i + size])
                code = names.get(run) or names.get(re.sub(r"['’]s?$", "", run))
                if code:
                    found.add(code)
    return found


def report(records):
    acts = corpus.acts()
    events = [e for r in records for e in r.events]
    lengths = [len(words(r.text)) for r in records] or [0]
    kinds = Counter(r.kind for r in records if r.kind)
    types = Counter(acts[e.act]["type"] for e in events)
    modes = Counter((acts[e.act]["type"], acts[e.act]["mode"]) for e in events if acts[e.act]["mode"])
    used = Counter(e.act for e in events)
    spoken = sum(bool(r.speech) or any("speaker" in e.roles or "outlet" in e.roles for e in r.events) for r in records)
    vocabulary = Counter(w for r in records for w in words(r.text))
    print(f"{len(records)} sentences, {len({r.article for r in records if r.article})} articles, {len(events)} events; without event {sum(kinds.values())}; with speech {spoken}")
    print(f"words a sentence: median {statistics.median(lengths)}, shortest {min(lengths)}, longest {max(lengths)}; vocabulary {len(vocabulary)}, {sum(vocabulary.values())} words in all")
    row = lambda c: ", ".join(f"{k if isinstance(k, str) else '-'.join(k)} {n}" for k, n in c.most_common())
    print(f"countries named in a party: {len(countries(records))}")
    print("types: " + row(types))
    print("modes: " + row(modes))
    print("status: " + row(Counter(e.status for e in events)))
    print("kinds without event: " + row(kinds))
    print("roles: " + row(Counter(role for e in events for role in e.roles)))
    print("contexts: " + row(Counter(c for e in events for c in e.contexts)))
    if len(records) > 5000:
        print("acts under 15: " + ", ".join(f"{a} {used[a]}" for a in acts if used[a] < 15))
    starts = Counter(" ".join(words(r.text)[:2]) for r in records)
    print("commonest beginnings: " + row(Counter(dict(starts.most_common(8)))))
    return types, modes, Counter(e.status for e in events), sum(kinds.values()), spoken, lengths


def quotas(records, found):
    types, modes, status, empty, spoken, lengths = found
    acts = corpus.acts()
    wanted = [("sentences", len(records), 10000), ("articles", len({r.article for r in records if r.article}), 250),
              ("without event", empty, 1500), ("with speech", spoken, 1500)]
    wanted.append(("countries", len(countries(records)), 150))
    wanted += [(t, types[t], 400) for t in sorted({a["type"] for a in acts.values()})]
    wanted += [("-".join(m), modes[m], 40) for m in sorted({(a["type"], a["mode"]) for a in acts.values() if a["mode"]})]
    wanted += [(s, status[s], 400) for s in corpus.STATUSES if s != "actual"]
    return [f"quota: {name} has {n}, wants {least}" for name, n, least in wanted if n < least]


def main():
    files = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    whole = not files
    if whole:
        files = sorted(p for d in ("train", "test") for p in (HERE / d).glob("**/*.txt"))
    faults, records = [], []
    for f in files:
        records += corpus.read(f, faults)
    found = report(records)
    near = near_duplicates(records)
    faults += [f"near-duplicates: {a.file}:{a.line} and {b.file}:{b.line}" for a, b in near]
    if "--quotas" in sys.argv:
        faults += quotas(records, found)
    for f in faults[:60]:
        print(f)
    if len(faults) > 60:
        print(f"... and {len(faults) - 60} more")
    print(f"{len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
