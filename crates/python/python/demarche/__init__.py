"""News in, coded political events out.

    >>> import demarche
    >>> coded = demarche.code("Norway's foreign minister met her Chilean counterpart in Oslo on Monday.", published="2026-03-10")
    >>> coded.events[0]["event"]
    'CONSULT'

Everything is coded by the same Rust program as the command `demarche`, and gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, overload

from . import errors
from ._coded import KINDS, Coded
from ._coder import ArticleLike, Coder, Day, PathLike, shipped
from ._demarche import __version__
from ._demarche import eval_events as _eval_events
from ._demarche import eval_marked as _eval_marked
from ._demarche import eval_relations as _eval_relations
from ._records import Article, Attribution, Event, Fact, Figure, Magnitude, Party, Place, Quote, Reject, Relation
from ._store import Failed, Series, Store, Summary
from ._table import Failure, Table
from .errors import CodingError, DemarcheError, InputError, QueryError, StoreError, TableError

__all__ = [
    "KINDS",
    "Article",
    "ArticleLike",
    "Attribution",
    "Coded",
    "Coder",
    "CodingError",
    "Day",
    "DemarcheError",
    "Event",
    "Fact",
    "Failed",
    "Failure",
    "Figure",
    "InputError",
    "Magnitude",
    "Party",
    "PathLike",
    "Place",
    "QueryError",
    "Quote",
    "Reject",
    "Relation",
    "Scores",
    "Series",
    "Store",
    "StoreError",
    "Summary",
    "Table",
    "TableError",
    "__version__",
    "code",
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


def code_table(data: Any, *, columns: Mapping[str, str] | None = None, dates: str | None = None, kind: str = "events") -> Table:
    """Codes a table of articles (pandas, polars, pyarrow): see `Coder.code_table`."""
    return shipped().code_table(data, columns=columns, dates=dates, kind=kind)


def explain(source: ArticleLike, *, event: str | None = None, sentence: int | None = None, published: Day | None = None) -> str:
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
    dates: str | None = None,
    published: Day | None = None,
    links: bool = False,
) -> Summary:
    """Takes sources into a store, which is made where there is none: see `Store.ingest`."""
    return Store(store, write=True).ingest(
        sources, coder=coder, columns=columns, dates=dates, published=published, links=links
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
    """Scores events against a careful reader's: dictionaries (or lines of JSON) with `text` and at least `event`, `actor`, `recipient` and `status`.

    A text that tells of no event is a record with `text` alone; what is coded in it counts as wrong. Every text is coded by itself. Precision, recall and F1
    of each field are in the report.
    """
    lines = gold.splitlines() if isinstance(gold, str) else [line if isinstance(line, str) else json.dumps(line) for line in gold]
    told, empty = [], []
    for line in filter(str.strip, lines):
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if isinstance(record, dict) and record.get("text") and record.get("event") is None:
            empty.append(record["text"])
        else:
            told.append(line)
    report, scores = _eval_events((coder or shipped())._inner, "\n".join(told), empty)
    return Scores(report, json.loads(scores))


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
    named = gold.items() if isinstance(gold, Mapping) else ((f"article {number}", text) for number, text in enumerate(gold, 1))
    report, scores = _eval_marked((coder or shipped())._inner, metric, list(named))
    return Scores(report, json.loads(scores))
