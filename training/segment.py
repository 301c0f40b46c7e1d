#!/usr/bin/env python3
"""Trains the segmenter (crates/language/src/segment) and writes models/segment.bin.

    python training/segment.py --ewt DIR --gum DIR [--out models/segment.bin]

Features come from the Rust code itself (example `segment_features`), so there is one implementation of
them. Two logistic regressions are trained with numpy: boundaries inside chunks (none, token, word of a
multiword token) and sentence boundaries between tokens. Weights are rounded to 8-bit integers; figures are
measured with the rounded weights by the program that ships. Training uses train files only. Same input and
numpy, same file: the shuffling is seeded.

Data: UD English EWT (CC BY-SA 4.0) and the open genres of GUM (annotations CC BY 4.0), neither part of this
repository.
"""

import argparse
import collections
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
MAGIC = b"DMSEG\0\0\x01"
TOKEN_BITS, SENTENCE_BITS, LEXICON_BITS = 15, 18, 14
HEADER = len(MAGIC) + 16
TOKEN_FEATURES, GAP_FEATURES = 35, 51
XPOS = ("CC CD DT EX FW IN JJ JJR JJS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP TO UH VB VBD VBG VBN VBP "
        "VBZ WDT WP WP$ WRB").split()
FIXED_CLASS = {tag: number + 1 for number, tag in enumerate(XPOS)}
# The numbers that sentences.rs knows finite verbs by.
assert [FIXED_CLASS[tag] for tag in ("MD", "VBD", "VBP", "VBZ")] == [10, 26, 29, 30]


class Corpus:
    """A CoNLL-U file as raw text (CoNLL 2018 fashion) with gold offsets in bytes."""

    def __init__(self, path, join=False):
        """With `join`, the paragraph breaks inside documents become spaces."""
        self.words, self.tokens, self.sentences = [], [], []
        self.tagged = []
        self.splits = collections.Counter()
        text, at = [], 0
        joined = True

        def put(piece):
            nonlocal at
            text.append(piece)
            at += len(piece.encode())

        for block in Path(path).read_text(encoding="utf-8").split("\n\n"):
            lines = block.split("\n")
            rows = [line.split("\t") for line in lines if line and line[0] != "#"]
            rows = [row for row in rows if "." not in row[0]]
            if not rows:
                continue
            starts = any(line.startswith(("# newpar", "# newdoc")) for line in lines if line.startswith("#"))
            if starts and join and not any(line.startswith("# newdoc") for line in lines):
                starts = False
                if text[-1] != " ":
                    put(" ")
            if starts and text:
                put("\n\n")
            begin, until, parts = at, 0, []
            for row in rows:
                form, misc = row[1], row[9]
                if "-" in row[0]:
                    until = int(row[0].split("-")[1])
                    self.tokens.append((at, at + len(form.encode())))
                    surface, parts = form, []
                    place = at
                    put(form)
                    joined = "SpaceAfter=No" in misc
                    continue
                self.tagged.append((form, row[4]))
                if int(row[0]) <= until:
                    parts.append(form)
                    if int(row[0]) == until:
                        if "".join(parts) == surface:
                            for number, part in enumerate(parts):
                                self.words.append((place, place + len(part.encode()), number == 0))
                                place += len(part.encode())
                            if surface.isalpha():
                                self.splits[(surface.lower(), len(parts[0]))] += 1
                        else:
                            # The words are not the letters of the token; it counts as one word here.
                            self.words.append((place, at, True))
                        if not joined:
                            put(" ")
                else:
                    if joined and text and form.isalpha() and form.isascii() and self.tokens[-1][1] == at:
                        before = self.text_of(text, self.tokens[-1])
                        if before.isalpha():
                            self.splits[((before + form).lower(), len(before))] += 1
                    self.tokens.append((at, at + len(form.encode())))
                    self.words.append((at, at + len(form.encode()), True))
                    put(form)
                    joined = "SpaceAfter=No" in misc
                    if not joined:
                        put(" ")
            self.sentences.append((begin, self.tokens[-1][1]))
            joined = True  # the space is already there
        self.text = "".join(text).encode()

    @staticmethod
    def text_of(text, span):
        """The last token of the text so far."""
        return "".join(text[-4:])[-(span[1] - span[0]):]


def word_hash(word):
    """The same hash as model.rs `word_hash`."""
    value = 0x5EED
    for char in word[:40]:
        value = mix(value, ord(fold(char)))
    return value


def mix(value, new):
    value = ((value << 5) | (value >> 59)) & (2**64 - 1)
    return ((value ^ new) * 0x9E3779B97F4A7C15) & (2**64 - 1)


def fold(char):
    if char in "\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032`":
        return "'"
    if char in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033":
        return '"'
    if char in "\u2010\u2011":
        return "-"
    if char in "\u2012\u2013\u2014\u2015":
        return "\u2013"
    return char.lower()[:1] or char


class Weights:
    """What goes into the file."""

    def __init__(self, corpora):
        self.tokens = np.zeros((1 << TOKEN_BITS, 2), np.int8)
        self.sentences = np.zeros(1 << SENTENCE_BITS, np.int8)
        self.lexicon(corpora)
        splits = sum((corpus.splits for corpus in corpora), collections.Counter())
        best = {}
        for (word, at), count in splits.most_common():
            if count >= 2 and word not in best:
                best[word] = at
        self.splits = "".join(f"{word}\t{best[word]}\n" for word in sorted(best)).encode()

    def lexicon(self, corpora):
        seen = collections.defaultdict(collections.Counter)
        for corpus in corpora:
            for form, tag in corpus.tagged:
                seen["".join(map(fold, form))][tag] += 1
        slots = 1 << LEXICON_BITS
        self.tags, self.classes = np.zeros(slots, np.uint16), np.zeros(slots, np.uint8)
        order = sorted(seen, key=lambda word: (-sum(seen[word].values()), word))
        room = slots * 3 // 4
        for word in order:
            count = sum(seen[word].values())
            tag = min(seen[word], key=lambda tag: (-seen[word][tag], tag))
            if count < 2 or tag not in FIXED_CLASS or room == 0:
                continue
            value = word_hash(word)
            mark = max(value >> 48, 1)
            for step in range(8):
                slot = ((value >> 16) + step) & (slots - 1)
                if self.tags[slot] == mark:
                    break
                if self.tags[slot] == 0:
                    self.tags[slot], self.classes[slot] = mark, FIXED_CLASS[tag]
                    room -= 1
                    break

    def write(self, path):
        head = struct.pack("<IIII", TOKEN_BITS, SENTENCE_BITS, LEXICON_BITS, len(self.splits))
        body = [self.tokens.tobytes(), self.sentences.tobytes(), self.tags.astype("<u2").tobytes(),
                self.classes.tobytes(), self.splits]
        Path(path).write_bytes(MAGIC + head + b"".join(body))


def ask(program, mode, weights, corpus):
    return subprocess.run([*program, mode, str(weights)], input=corpus.text, stdout=subprocess.PIPE, check=True).stdout


def places(program, mode, weights, corpus, width):
    rows = np.frombuffer(ask(program, mode, weights, corpus), "<u4").reshape(-1, width + 1)
    return rows[:, 0], rows[:, 1:].astype(np.int32)


def train(features, labels, importance, size, classes, epochs, rate=0.2, decay=1e-4, drop=0.0, seed=1):
    """Softmax regression by AdaGrad over minibatches, averaged over the second half. Class 0 has no weights.
    `drop` leaves out that share of the features at random, so that no few of them decide alone."""
    rng = np.random.default_rng(seed)
    weights = np.zeros((size, classes - 1), np.float32)
    total = np.zeros(weights.shape)
    square = np.full_like(weights, 1e-2)
    batch = 1024
    for epoch in range(epochs):
        order = rng.permutation(len(labels))
        loss = 0.0
        for begin in range(0, len(order), batch):
            rows = order[begin:begin + batch]
            index, gold = features[rows], labels[rows]
            mask = (rng.random(index.shape, np.float32) >= drop).astype(np.float32) / (1 - drop)
            logits = np.zeros((len(rows), classes), np.float32)
            logits[:, 1:] = (weights[index] * mask[:, :, None]).sum(axis=1)
            logits -= logits.max(axis=1, keepdims=True)
            prob = np.exp(logits)
            prob /= prob.sum(axis=1, keepdims=True)
            loss -= np.log(prob[np.arange(len(rows)), gold] + 1e-9).sum()
            prob[np.arange(len(rows)), gold] -= 1
            prob *= importance[rows][:, None]
            for output in range(classes - 1):
                gradient = np.bincount(index.ravel(), (prob[:, output + 1, None] * mask).ravel(), size)
                touched = np.nonzero(gradient)[0]
                step = gradient[touched].astype(np.float32) / batch ** 0.5 + decay * weights[touched, output]
                square[touched, output] += step * step
                weights[touched, output] -= rate * step / np.sqrt(square[touched, output])
        if epoch >= epochs // 2:
            total += weights
        print(f"  epoch {epoch + 1} loss {loss / len(order):.5f}", file=sys.stderr)
    return (total / (epochs - epochs // 2)).astype(np.float32)


def rounded(weights):
    """8-bit integers; the largest two in ten thousand are clipped, which keeps the rest finer."""
    top = max(np.quantile(np.abs(weights[weights != 0]), 0.9998), 1e-6)
    return np.clip(np.round(weights * 127 / top), -127, 127).astype(np.int8)


def f1(gold, found):
    gold, found = set(gold), set(found)
    return 200 * len(gold & found) / max(len(gold) + len(found), 1)


def measure(program, weights, corpus):
    words, tokens, sentences = [], [], {}
    for line in ask(program, "segments", weights, corpus).split(b"\n")[:-1]:
        start, end, begins, sentence = map(int, line.split())
        words.append((start, end))
        if begins:
            tokens.append([start, end])
        tokens[-1][1] = end
        sentences.setdefault(sentence, [start, end])[1] = end
    return (f1(corpus.tokens, map(tuple, tokens)), f1([word[:2] for word in corpus.words], words),
            f1(corpus.sentences, map(tuple, sentences.values())))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ewt", required=True, help="folder of en_ewt-ud-{train,dev,test}.conllu")
    parser.add_argument("--gum", required=True, help="folder of gum-open-{train,dev,test}.conllu")
    parser.add_argument("--out", default=str(ROOT / "models" / "segment.bin"))
    parser.add_argument("--program", help="a built segment_features; by default cargo builds and runs it")
    parser.add_argument("--only-measure", action="store_true")
    parser.add_argument("--test", action="store_true", help="measure on the test files too")
    parser.add_argument("--tokens-from", help="weights file whose token model is kept")
    options = parser.parse_args()
    program = [options.program] if options.program else [
        "cargo", "run", "--quiet", "--release", "--manifest-path", str(ROOT / "Cargo.toml"), "-p", "demarche-language",
        "--example", "segment_features", "--"]
    ewt, gum = Path(options.ewt), Path(options.gum)
    part = {(name, which): Corpus(folder / f"{stem}-{which}.conllu")
            for name, folder, stem in (("ewt", ewt, "en_ewt-ud"), ("gum", gum, "gum-open"))
            for which in (("train", "dev", "test") if options.test else ("train", "dev"))}
    if not options.only_measure:
        fit(options, program, part)
    print("            tokens   words sentences")
    for (name, which), corpus in part.items():
        print(f"{name} {which:6}", "  ".join(f"{value:6.2f}" for value in measure(program, options.out, corpus)))


def fit(options, program, part):
    corpora = [part["ewt", "train"], part["gum", "train"]]
    weights = Weights(corpora)
    kept = Path(options.tokens_from).read_bytes() if options.tokens_from else None
    weights.write(options.out)
    if kept:
        weights.tokens = np.frombuffer(kept[HEADER:HEADER + (2 << TOKEN_BITS)], np.int8).reshape(-1, 2)
    else:
        print("tokens", file=sys.stderr)
        features, labels, importance = gather(corpora, (1.0, 1.0), lambda corpus: (
            places(program, "tokens", options.out, corpus, TOKEN_FEATURES),
            {start: 1 if begins else 2 for start, _, begins in corpus.words}))
        weights.tokens = rounded(train(features, labels, importance, 1 << TOKEN_BITS, 3, 12, rate=0.3))
    weights.write(options.out)

    # Texts whose paragraphs were joined show more boundaries without punctuation; they count little, for
    # real texts keep their paragraphs.
    print("sentences", file=sys.stderr)
    ewt, gum = Path(options.ewt), Path(options.gum)
    joined = [Corpus(ewt / "en_ewt-ud-train.conllu", join=True), Corpus(gum / "gum-open-train.conllu", join=True)]
    features, labels, importance = gather(corpora + joined, (1.0, 0.5, 0.15, 0.075), lambda corpus: (
        places(program, "gaps", options.out, corpus, GAP_FEATURES), {end: 1 for _, end in corpus.sentences}))
    weights.sentences = rounded(train(features, labels, importance, 1 << SENTENCE_BITS, 2, 8, drop=0.3))[:, 0]
    weights.write(options.out)


def gather(corpora, shares, look):
    """Features, labels and importance of the places of several corpora."""
    features, labels, importance = [], [], []
    for corpus, share in zip(corpora, shares):
        (offsets, found), gold = look(corpus)
        features.append(found)
        labels.append(np.array([gold.get(int(offset), 0) for offset in offsets]))
        importance.append(np.full(len(offsets), share, np.float32))
    return np.concatenate(features), np.concatenate(labels), np.concatenate(importance)


if __name__ == "__main__":
    main()
