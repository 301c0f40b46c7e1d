"""News in, coded political events out.

    >>> import demarche
    >>> coded = demarche.code("Norway's foreign minister met her Chilean counterpart in Oslo on Monday.", published="2026-03-10")
    >>> coded.events[0]["event"]
    'CONSULT'

Everything is coded by the same Rust program as the command `demarche`, and gives the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, overload

from . import errors
from ._coded import KINDS, Coded
from ._coder import ArticleLike, Coder, DateOrder, Day, Kind, PathLike, day_of, record_of, shipped
from ._demarche import __version__
from ._demarche import eval_events as _eval_events
from ._demarche import eval_marked as _eval_marked
from ._demarche import eval_relations as _eval_relations
from ._records import Article, Attribution, Event, Fact, Figure, Magnitude, Party, Place, Quote, Reject, Relation
from ._store import EVENTS, STATUSES, Failed, Series, Step, Store, Summary, sources_of
from ._table import Failure, RowWarning, Table
from .errors import CodingError, DemarcheError, InputError, MissingPackageError, QueryError, StoreError, TableError

__all__ = [
    "EVENTS",
    "KINDS",
    "STATUSES",
    "Article",
    "ArticleLike",
    "Attribution",
    "Coded",
    "Coder",
    "CodingError",
    "DateOrder",
    "Day",
    "DemarcheError",
    "Event",
    "Fact",
    "Failed",
    "Failure",
    "Figure",
    "InputError",
    "Kind",
    "Magnitude",
    "MissingPackageError",
    "Party",
    "PathLike",
    "Place",
    "QueryError",
    "Quote",
    "Reject",
    "Relation",
    "RowWarning",
    "Scores",
    "Series",
    "Step",
    "Store",
    "StoreError",
    "Summary",
    "Table",
    "TableError",
    "__version__",
    "code",
    "code_each",
    "code_table",
    "errors",
    "eval_dates",
    "eval_events",
    "eval_mentions",
    "eval_places",
    "eval_relations",
    "explain",
    "ingest",
    "open_store",
]


@overload
def code(source: ArticleLike, *, published: Day | None = None) -> Coded: ...  # type: ignore[overload-overlap]  # a string is told from a list of strings
@overload
def code(source: Iterable[ArticleLike], *, published: Day | None = None) -> list[Coded]: ...
def code(source: ArticleLike | Iterable[ArticleLike], *, published: Day | None = None) -> Coded | list[Coded]:
    """Codes an article, or many at once, with the coder that ships: see `Coder.code`."""
    return shipped().code(source, published=published)


def code_each(articles: Iterable[ArticleLike], *, published: Day | None = None) -> Iterator[Coded]:
    """Codes articles as they come, in bounded memory: see `Coder.code_each`."""
    return shipped().code_each(articles, published=published)


def code_table(data: Any, *, columns: Mapping[str, str] | None = None, dates: DateOrder | None = None, kind: Kind = "events") -> Table:
    """Codes a table of articles (pandas, polars, pyarrow): see `Coder.code_table`."""
    return shipped().code_table(data, columns=columns, dates=dates, kind=kind)


def explain(source: ArticleLike | Coded, *, event: str | Mapping[str, Any] | None = None, sentence: int | None = None, published: Day | None = None) -> str:
    """Says why an event was coded as it was: see `Coder.explain`."""
    return shipped().explain(source, event=event, sentence=sentence, published=published)


def open_store(location: PathLike, *, write: bool = False) -> Store:
    """Opens a store for reading; with `write` for writing, and makes it where there is none."""
    return Store(location, write=write)


def ingest(
    sources: PathLike | Iterable[PathLike],
    store: PathLike,
    *,
    coder: Coder | None = None,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    published: Day | None = None,
    links: bool = False,
) -> Summary:
    """Takes sources into a store, which is made where there is none: see `Store.ingest`."""
    # Before a store is made.
    named = sources_of(sources)
    return Store(store, write=True).ingest(
        named, coder=coder, columns=columns, dates=dates, published=published, links=links
    )


class Scores:
    """A report of accuracy: printed as a table, and as numbers in `scores`."""

    def __init__(self, report: str, scores: dict[str, Any]) -> None:
        self.report = report
        self.scores = scores

    def __str__(self) -> str:
        return self.report

    def __repr__(self) -> str:
        return self.report


def eval_events(gold: Iterable[Mapping[str, Any] | str] | str, *, coder: Coder | None = None) -> Scores:
    """Scores events against a careful reader's: dictionaries (or lines of JSON) with `text` and at least `event`, `actor`, `recipient` and `status`; `published`
    where the text has words like "on Monday".

    A text that tells of no event is a record with `text` alone; what is coded in it counts as wrong. Every text is coded by itself. Precision, recall and F1
    of each field are in the report; a field that gold says nothing of has none. A party is `{"code": "TUR"}`, or `{"text": "Kurdish positions"}` where nobody knows a code.
    """
    told, empty, published = _gold(gold)
    report, scores = _eval_events((coder or shipped())._inner, "\n".join(told), empty, published)
    return Scores(report, json.loads(scores))


def _gold(gold: Iterable[Mapping[str, Any] | str] | str) -> tuple[list[str], list[str], dict[str, str]]:
    """Lines of gold, texts without event, and days of publication by text."""
    if hasattr(gold, "to_dict"):
        raise InputError(f"{type(gold).__name__} is a table", "give frame.to_dict('records')")
    if isinstance(gold, os.PathLike):
        raise InputError(f"{os.fspath(gold)!r} is the name of a file", "give its lines: Path(...).read_text()")
    told: list[str] = []
    empty: list[str] = []
    published: dict[str, str] = {}
    for number, line in enumerate(gold.splitlines() if isinstance(gold, str) else gold, 1):
        if isinstance(line, str):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise InputError(f"record {number} of gold is not JSON: {error}", "give dictionaries, or one JSON object a line") from error
        else:
            record = json.loads(record_of(line))
        if not isinstance(record, dict) or not record.get("text"):
            raise InputError(f"record {number} of gold has no text", "each record has the text that it is about, and the fields of an event")
        text, day = str(record["text"]), day_of(record.pop("published", None))
        if day is not None and published.setdefault(text, day) != day:
            raise InputError(f"record {number} of gold: the same text has two days of publication", "a text is scored once: give one of them")
        if record.get("event") is None:
            empty.append(text)
            continue
        for field, known in (("event", EVENTS), ("status", STATUSES)):
            if record.get(field) not in known:
                raise InputError(f"record {number} of gold: there is no {field} {record.get(field)!r}", f"there are {', '.join(known)}")
        for field in ("actor", "recipient"):
            if not isinstance(record.get(field), list):
                raise InputError(f"record {number} of gold: `{field}` is no list of parties", 'write [{"code": "TUR"}], or [] where nobody is told')
        told.append(json.dumps(record))
    return told, empty, published


def eval_relations(gold: str, *, coder: Coder | None = None) -> Scores:
    """Scores relations between two marked parties of a sentence: tab-separated lines with a header: id, sentence, marked_sentence, root, quad."""
    report, scores = _eval_relations((coder or shipped())._inner, gold)
    return Scores(report, json.loads(scores))


def eval_mentions(gold: Mapping[str, str] | Iterable[str], *, coder: Coder | None = None) -> Scores:
    """Scores the codes of actors against articles in which every actor is marked, in the form that `evals/README.md` describes.

    `gold` are texts, or a dictionary of texts by name; differences are listed in `scores["differences"]` under those names.
    """
    return _marked("mentions", gold, coder)


def eval_places(gold: Mapping[str, str] | Iterable[str], *, coder: Coder | None = None) -> Scores:
    """Scores places against marked articles, as `eval_mentions` does actors: the right entry, the right country, and none where there is none."""
    return _marked("places", gold, coder)


def eval_dates(gold: Mapping[str, str] | Iterable[str], *, coder: Coder | None = None) -> Scores:
    """Scores expressions of time against marked articles, as `eval_mentions` does actors: their first and last day, or their length."""
    return _marked("dates", gold, coder)


def _marked(metric: str, gold: Mapping[str, str] | Iterable[str], coder: Coder | None) -> Scores:
    if isinstance(gold, str):
        gold = [gold]
    if isinstance(gold, os.PathLike) or not isinstance(gold, Iterable):
        raise InputError(f"{type(gold).__name__} is no gold", "give marked texts: {path.stem: path.read_text() for path in folder.glob('*.txt')}")
    named = gold.items() if isinstance(gold, Mapping) else ((f"article {number}", text) for number, text in enumerate(gold, 1))
    report, scores = _eval_marked((coder or shipped())._inner, metric, list(named))
    return Scores(report, json.loads(scores))
