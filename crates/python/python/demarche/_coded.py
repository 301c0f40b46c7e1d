"""A coded article."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from . import _demarche
from ._display import displacy, html
from .errors import CodingError, InputError

if TYPE_CHECKING:
    from ._records import Article, Event, Fact, Quote, Reject, Relation

__all__ = ["KINDS", "Coded"]

KINDS = ("events", "quotes", "relations", "facts", "rejects")
"""Kinds of records."""


class Coded:
    """An article with what was coded from it.

    The records are dictionaries with the fields of `demarche code --format jsonl`; in a notebook the article shows with its events and quotes
    marked. An article that could not be read has no records, and `error` says why.
    """

    def __init__(self, inner: _demarche.Coded) -> None:
        self._inner = inner

    @cached_property
    def article(self) -> Article:
        """What is known about the article: `id`, `title`, `url`, `source`, `published` and more."""
        return cast("Article", json.loads(self._inner.article or "{}"))

    @property
    def text(self) -> str:
        """The article's own text, which all spans point into."""
        return self._inner.text

    @cached_property
    def events(self) -> list[Event]:
        """Who did what to whom."""
        return cast("list[Event]", self._read("events"))

    @cached_property
    def quotes(self) -> list[Quote]:
        """Who said what."""
        return cast("list[Quote]", self._read("quotes"))

    @cached_property
    def relations(self) -> list[Relation]:
        """Who belongs to what."""
        return cast("list[Relation]", self._read("relations"))

    @cached_property
    def facts(self) -> list[Fact]:
        """Numbers that the text tells."""
        return cast("list[Fact]", self._read("facts"))

    @cached_property
    def rejects(self) -> list[Reject]:
        """What was looked at and not coded, each with its reason."""
        return cast("list[Reject]", self._read("rejects"))

    @property
    def warnings(self) -> list[str]:
        """What is odd about the article."""
        return self._inner.warnings

    @property
    def error(self) -> InputError | CodingError | None:
        """Why the article has no records; none where it was coded."""
        if self._inner.failure is None:
            return None
        name, message, next_step = self._inner.failure
        return (CodingError if name == "CodingError" else InputError)(message, next_step)

    def jsonl(self, *kinds: str) -> str:
        """The records as lines of JSON, byte for byte those of `demarche code --format jsonl --emit KINDS`; without kinds, events."""
        lines = [line for kind in kinds or ("events",) for line in self._inner.records(kind)]
        return "".join(f"{line}\n" for line in lines)

    def displacy(self) -> dict[str, Any]:
        """For spaCy's displaCy: `displacy.render(coded.displacy(), style="span", manual=True)`; spans may overlap, and are of characters."""
        return displacy(self)

    def _read(self, kind: str) -> list[Any]:
        return [json.loads(line) for line in self._inner.records(kind)]

    def _repr_html_(self) -> str:
        return html(self)

    def __repr__(self) -> str:
        if self.error is not None:
            return f"<demarche.Coded: not coded, {self.error.message}>"
        title = self.article.get("title") or self.text[:40]
        return f"<demarche.Coded: {title!r}, {len(self.events)} events, {len(self.quotes)} quotes>"
