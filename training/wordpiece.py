"""Uncased WordPiece of one UD word at a time, the same in Rust (crates/language/src/wordpiece.rs)."""

import unicodedata

MAX_PIECES = 8  # pieces kept of one word; addresses and other monsters gain nothing from more


class WordPiece:
    def __init__(self, path):
        self.vocab = {line.rstrip("\n"): i for i, line in enumerate(open(path, encoding="utf-8"))}
        self.unk, self.cls, self.sep = self.vocab["[UNK]"], self.vocab["[CLS]"], self.vocab["[SEP]"]
        self.cache = {}

    def word(self, form):
        if form not in self.cache:
            self.cache[form] = self._word(form)
        return self.cache[form]

    def _word(self, form):
        text = unicodedata.normalize("NFD", form.lower())
        text = "".join(c for c in text if unicodedata.category(c) != "Mn")
        parts, current = [], ""
        for c in text:
            if not c.isalnum():
                if current:
                    parts.append(current)
                parts.append(c)
                current = ""
            else:
                current += c
        if current:
            parts.append(current)
        ids = []
        for part in parts:
            ids.extend(self._pieces(part))
            if len(ids) >= MAX_PIECES:
                break
        return ids[:MAX_PIECES] or [self.unk]

    def _pieces(self, part):
        ids, start = [], 0
        while start < len(part):
            end = min(len(part), start + 64)
            while end > start:
                piece = ("##" if start else "") + part[start:end]
                if piece in self.vocab:
                    ids.append(self.vocab[piece])
                    break
                end -= 1
            if end == start:
                return [self.unk]
            start = end
        return ids
