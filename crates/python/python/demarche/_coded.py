"""A coded article."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Union, cast

from . import _demarche
from ._display import displacy, html
from .errors import CodingError, InputError

if TYPE_CHECKING:
    from ._records import Article, Event, Fact, Quote, Reject, Relation

__all__ = ["KINDS", "Coded"]

KINDS = ("events", "quotes", "relations", "facts", "rejects")
"""Kinds of records."""


Reader = Callable[[Union[str, None], Union[int, None]], "list[tuple[str, str]]"]


class _Nothing(NamedTuple):
    """In place of what Rust gives, where there was nothing to give it."""

    failure: tuple[str, str, str | None]
    article: None = None
    text: str = ""

    @property
    def warnings(self) -> list[str]:
        return []

    def records(self, kind: str) -> list[str]:
        return []


def why(reader: Reader, event: str | Mapping[str, Any] | None, sentence: int | None) -> str:
    """The words of `explain`."""
    if event is not None:
        sought = event if isinstance(event, str) else event.get("id")
        if not isinstance(sought, str) or not sought:
            raise InputError("this is no event: it has no id", "give an event of the article, or its identifier")
        found = dict(reader(sought, None))
        if not found:
            raise InputError(f"no event has an identifier that begins with {sought!r}", "give the article as it was coded, with the same title and `published`")
        if len(found) > 1:
            raise InputError(f"{sought!r} is the beginning of several events: {', '.join(found)}", "give more of the identifier")
        return next(iter(found.values()))
    told = [text for _, text in reader(None, sentence)]
    if sentence is not None and not told:
        raise InputError(f"there is no sentence {sentence}", "without a number all sentences are told")
    return "\n".join(told)


class Coded:
    """An article with what was coded from it.

    The records are dictionaries with the fields of `demarche code --format jsonl`; in a notebook the article shows with its events and quotes
    marked. An article that could not be read has no records, and `error` says why.
    """

    def __init__(self, inner: _demarche.Coded | _Nothing, reader: Reader | None = None) -> None:
        self._inner = inner
        self._reader = reader

    @classmethod
    def failed(cls, error: InputError) -> Coded:
        """What was no article."""
        return cls(_Nothing(("InputError", error.message, error.next_step)))

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
        """The records as lines of JSON, those of `demarche code --format jsonl --emit KINDS` but for `article.origin`, which names where the article came from; without kinds, events."""
        lines = [line for kind in kinds or ("events",) for line in self._inner.records(kind)]
        return "".join(f"{line}\n" for line in lines)

    def explain(self, event: str | Mapping[str, Any] | None = None, *, sentence: int | None = None) -> str:
        """Says how one of its events came about (itself, or its identifier or the beginning of it), how a sentence was read (by its number from 1), or all sentences."""
        if self._reader is None:
            raise InputError("nothing was coded here", self.error.message if self.error else None)
        return why(self._reader, event, sentence)

    def html(self) -> str:
        """The article with its events and quotes marked, as a notebook shows it: a piece of HTML with its styles."""
        return html(self)

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
