"""How far two annotators agree: the sentences of `second/` were annotated again from their bare text, by somebody who had not seen the first annotation.

    python training/corpus/agreement.py            prints the table of training/corpus/README.md
    python training/corpus/agreement.py --draw 400 --seed 3    prints bare sentences to annotate

Kappa is Cohen's (1960). Words: every word is a trigger of one of 16 types, or none. Triggers: act, type, status of the words that both marked.
Spans: F1 of exact spans at triggers that both marked with one type.
"""

import random, re, sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import corpus

HERE = Path(__file__).resolve().parent


def kappa(pairs):
    n = len(pairs)
    if not n:
        return 0.0
    agree = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[k] * second[k] for k in first) / n**2
    return (agree - chance) / (1 - chance) if chance < 1 else 1.0


def main():
    first = [r for d in ("train", "test") for f in sorted((HERE / d).glob("*.txt")) for r in corpus.read(f)]
    if "--draw" in sys.argv:
        count = int(sys.argv[sys.argv.index("--draw") + 1])
        seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 0
        for r in random.Random(seed).sample(first, count):
            print(r.text)
        return
    by_text = {r.text: r for r in first}
    second = [r for f in sorted((HERE / "second").glob("*.txt")) for r in corpus.read(f)]
    lost = [r for r in second if r.text not in by_text]
    if lost:
        print(f"{len(lost)} sentences have no first annotation, the first at {lost[0].file}:{lost[0].line}")
    acts = corpus.acts()
    type_of = lambda e: acts[e.act]["type"]
    words, types, named, statuses, empty = [], [], [], [], []
    spans = {r: [0, 0, 0] for r in corpus.ROLES.values()}
    contexts = [0, 0, 0]
    for b in second:
        a = by_text.get(b.text)
        if a is None:
            continue
        empty.append((not a.events, not b.events))
        at = lambda events, span: next((e for e in events if e.trigger[0] < span[1] and span[0] < e.trigger[1]), None)
        for m in re.finditer(r"\w+", a.text):
            x, y = at(a.events, m.span()), at(b.events, m.span())
            words.append((type_of(x) if x else "-", type_of(y) if y else "-"))
        for x in a.events:
            y = at(b.events, x.trigger)
            if y is None:
                continue
            types.append((type_of(x), type_of(y)))
            named.append((x.act, y.act))
            statuses.append((x.status, y.status))
            if type_of(x) == type_of(y):
                for role, count in spans.items():
                    p, q = set(x.roles.get(role, [])), set(y.roles.get(role, []))
                    for i, n in enumerate((len(p), len(q), len(p & q))):
                        count[i] += n
                p, q = set(x.contexts), set(y.contexts)
                for i, n in enumerate((len(p), len(q), len(p & q))):
                    contexts[i] += n
    f1 = lambda c: 200 * c[2] / max(1, c[0] + c[1])
    print(f"{len(empty)} sentences")
    for name, pairs in (("event or none, a sentence", empty), ("trigger and type, a word", words), ("type, at triggers of both", types),
                        ("act, at triggers of both", named), ("status, at triggers of both", statuses)):
        print(f"{name}: kappa {kappa(pairs):.3f}, the same {100 * sum(a == b for a, b in pairs) / max(1, len(pairs)):.1f} % of {len(pairs)}")
    only = [w for w in words if w[0] != w[1]]
    print(f"triggers: F1 {f1([sum(a != '-' for a, _ in words), sum(b != '-' for _, b in words), sum(a == b != '-' for a, b in words)]):.1f}")
    for role, count in spans.items():
        print(f"{role} spans: F1 {f1(count):.1f} ({count[0]}, {count[1]}, {count[2]})")
    print(f"contexts: F1 {f1(contexts):.1f}")
    print("differences: " + ", ".join(f"{a}/{b} {n}" for (a, b), n in Counter(only).most_common(15)))


if __name__ == "__main__":
    main()
