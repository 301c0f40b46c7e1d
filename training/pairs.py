"""Pairs of parties with their relation, from the part of the corpus that is kept for choosing between settings, in the columns of `demarche eval relations`.

    python training/pairs.py > pairs.tsv

Constants that weigh model against lexicon (crates/coding/src/relation.rs) are chosen on these; where these do not tell values apart, docs/accuracy.md says what else was looked at.
"""

import events, corpus
from relations import Roots, quad
from train import is_dev


def main():
    acts, vocab = corpus.acts(), events.vocabulary()
    roots = Roots(vocab)
    print("id\tsentence\tmarked_sentence\troot\tquad")
    for r in events.load():
        if not is_dev(r):
            continue
        for n, e in enumerate(r.events):
            source, target = e.roles.get("actor", []), e.roles.get("recipient", [])
            if not source or not target or source[0][0] < target[0][1] and target[0][0] < source[0][1]:
                continue
            text = r.text
            for a, b, tag in sorted([(*source[0], "s"), (*target[0], "t")], reverse=True):
                text = f"{text[:a]}<{tag}>{text[a:b]}</{tag}>{text[b:]}"
            row = roots.table[corpus.STATUSES.index(e.status), vocab["acts"].index(e.act) - 2]
            name = roots.names[row.argmax()]
            print(f"{r.file.rsplit('/')[-1]}:{r.line}:{n + 1}\t{r.text}\t{text}\t{name}\t{quad(name)}")


if __name__ == "__main__":
    main()
