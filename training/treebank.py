"""Reads CoNLL-U treebanks into the arrays that training needs.

Sources: UD English EWT (CC BY-SA 4.0) and the open genres of GUM (annotations CC BY 4.0). Only the train
parts are trained on; dev parts choose, test parts are scored once by `demarche eval parse`.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

# Entity types of GUM, in the order of demarche_types::EntityType.
ENTITY_TYPES = ["person", "organization", "place", "time", "event", "object", "abstract", "animal", "plant", "substance"]

# Genres in which no political event is told, or hardly one.
QUIET = {"answers", "email", "reviews", "academic", "textbook", "vlog", "voyage"}


@dataclass
class Sentence:
    forms: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    feats: list = field(default_factory=list)
    lemmas: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    rels: list = field(default_factory=list)
    glued: list = field(default_factory=list)  # no space before the word
    genre: str = ""  # from the name of its document
    mentions: list = None  # [(first, last, type)], None where the treebank has no entities


def read(path, entities):
    sentences, sentence, open_mentions, finished = [], Sentence(), [], []
    glued_next, range_end, genre = False, 0, ""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            # "reviews-102044" in EWT, "GUM_academic_art" in GUM.
            genre = re.split("[-_]", line[14:].removeprefix("GUM_"))[0]
        if line.startswith("#"):
            continue
        if not line:
            if sentence.forms:
                if entities:
                    sentence.mentions = sorted(finished)
                sentence.genre = genre
                sentences.append(sentence)
            sentence, open_mentions, finished = Sentence(), [], []
            glued_next, range_end = False, 0
            continue
        cols = line.split("\t")
        if "." in cols[0]:
            continue
        no_space = "SpaceAfter=No" in cols[9].split("|")
        if "-" in cols[0]:
            start, end = map(int, cols[0].split("-"))
            sentence_gap, range_end, range_start, range_no_space = glued_next, end, start, no_space
            continue
        index = int(cols[0])
        inside = index <= range_end
        sentence.glued.append(1 if (inside and index > range_start) else int(glued_next))
        glued_next = range_no_space if inside and index == range_end else (True if inside else no_space)
        sentence.forms.append(cols[1])
        sentence.lemmas.append(cols[2])
        sentence.upos.append(cols[3])
        sentence.feats.append(cols[5])
        sentence.heads.append(int(cols[6]))
        sentence.rels.append(cols[7])
        if entities:
            entity = next((m[7:] for m in cols[9].split("|") if m.startswith("Entity=")), "")
            for open_, body, close in re.findall(r"(\()?([^()]+)(\))?", entity):
                fields = body.split("-")
                eid = fields[0]
                if open_:
                    open_mentions.append((eid, index - 1, fields[1]))
                if close:
                    for k in range(len(open_mentions) - 1, -1, -1):
                        if open_mentions[k][0] == eid:
                            _, first, kind = open_mentions.pop(k)
                            if kind in ENTITY_TYPES:
                                finished.append((first, index - 1, kind))
                            break
    return sentences


def lemma_rule(form, lemma):
    """The edit that turns a form into its lemma: 'l|cut|add' on the lower-cased form, 'k|cut|add' on the form."""
    mode, base = ("l", form.lower()) if lemma == lemma.lower() else ("k", form)
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    if common == 0 and len(base) > 1:
        return f"={lemma}"
    return f"{mode}|{len(base) - common}|{lemma[common:]}"


def apply_rule(rule, form):
    if rule.startswith("="):
        return rule[1:]
    mode, cut, add = rule.split("|", 2)
    base = form.lower() if mode == "l" else form
    cut = int(cut)
    return (base[: len(base) - cut] if cut <= len(base) else base) + add


def vocabularies(sentences):
    rules = Counter(lemma_rule(f, l) for s in sentences for f, l in zip(s.forms, s.lemmas))
    feats = Counter(f for s in sentences for f in s.feats)
    return {
        "upos": sorted({u for s in sentences for u in s.upos}),
        "feats": sorted(f for f, n in feats.items() if n >= 2),
        "rels": sorted({r for s in sentences for r in s.rels}),
        "lemma_rules": sorted(r for r, n in rules.items() if n >= 2),
        "entities": ENTITY_TYPES,
    }


def case_class(form):
    """0 lower, 1 capitalised, 2 all capitals, 3 mixed, 4 one capital letter, 5 no letters."""
    letters = [c for c in form if c.isalpha()]
    if not letters:
        return 5
    if all(not c.isupper() for c in letters):
        return 0
    if len(letters) == 1:
        return 4
    if all(c.isupper() for c in letters):
        return 2
    if letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        return 1
    return 3
