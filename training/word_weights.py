"""How rare words are in news, by the sentences of the corpus: what two reports share counts by it.

Usage: python3 training/word_weights.py > crates/corroborate/src/words.tsv
"""
import collections
import math
import pathlib
import re

MARK = re.compile(r"[{\[](?:[A-Z]?\d*(?:,[A-Z]?\d+)*:)?([^{}\[\]]*)[}\]]")
STEM = 6  # letters of a word that count, as in crates/corroborate/src/words.rs
LEAST = 6  # sentences that a stem must stand in to have a row


def plain(line):
    before = None
    while before != line:
        before, line = line, MARK.sub(r"\1", line)
    return line


def main():
    found, sentences = collections.Counter(), 0
    for file in sorted((pathlib.Path(__file__).parent / "corpus" / "train").glob("*.txt")):
        for line in file.read_text().splitlines():
            if len(line) < 40 or line.startswith("#") or re.match(r"\d+ [a-z]+-", line):
                continue
            sentences += 1
            found.update({word[:STEM] for word in re.findall(r"[^\W_]+", plain(line).lower())})
    print("# How rare words are: ten times the logarithm of sentences over sentences with the word. Made by training/word_weights.py from")
    print(f"# {sentences} sentences written for the project. A word is its first {STEM} letters; one that has no row counts as one of {LEAST} sentences.")
    print("stem\tweight")
    print(f"*\t{round(10 * math.log(sentences / LEAST))}")
    for stem, count in sorted(found.items()):
        if count > LEAST:
            print(f"{stem}\t{round(10 * math.log(sentences / count))}")


main()
