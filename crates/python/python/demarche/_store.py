"""Stores."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from . import _demarche
from ._coder import Coder, DateOrder, Day, PathLike, day_of, pairs_of, shipped
from ._table import Table
from .errors import InputError

__all__ = ["EVENTS", "STATUSES", "Failed", "Series", "Step", "Store", "Summary"]

EVENTS = tuple(_demarche.event_types())
"""The types of events, from AGREE to ASSAULT."""
STATUSES = tuple(_demarche.statuses())
"""What became of events: most of them happened."""
Step = Literal["day", "week", "month", "year"]
"""Steps of a series."""


class Failed(NamedTuple):
    """A page that could not be read or coded."""

    place: str
    reason: str
    next_step: str


class Summary(NamedTuple):
    """What was taken in."""

    counts: dict[str, int]
    """`coded` articles with their `events`, `duplicate`, `near` copies, `changed`, `unread_dates`, `rejected`, `failed`, `known` pages, and `commits`."""
    failures: list[Failed]
    """The first of what failed; the table `sources` has all."""
    passed_over: dict[str, int]
    """What was no article, by what it is: endings of files that are not read, and the like."""


class Series(NamedTuple):
    """Steps of time without a gap."""

    table: Table
    """`begin`, `events`, `articles`, `outlets`, `intensity`, counts of the four quads, and what was published: `all_articles`, `all_outlets`."""
    undated: int
    """Events that cannot be counted, as nobody knows when they were."""
    coarse: int
    """Events that are left out, as their date is less exact than a step."""


def _known(what: str, values: str | Iterable[str], known: tuple[str, ...]) -> list[str]:
    """Values of which each must be known, so that a slip is told and not answered with nothing."""
    chosen = [values] if isinstance(values, str) else list(values)
    for value in chosen:
        if value not in known:
            raise InputError(f"there is no {what} {value!r}", f"there are {', '.join(known)}")
    return chosen


def _codes(values: str | Iterable[str]) -> list[str]:
    chosen = [values] if isinstance(values, str) else list(values)
    for value in chosen:
        if not isinstance(value, str) or value != value.upper():
            raise InputError(f"{value!r} is no code", "countries go by ISO 3166-1 alpha-3 in capitals (TUR), others by UNO, EUR, IGO, NGO, IMG, ISM, MNC")
    return chosen


def sources_of(sources: PathLike | Iterable[PathLike]) -> list[str]:
    """Sources that can be looked for; a path that is not there is told before anything is done."""
    if hasattr(sources, "columns") or hasattr(sources, "column_names"):
        raise InputError(f"{type(sources).__name__} is a table", "write it to a file first, or use Coder.stage and Store.absorb")
    named = [sources] if isinstance(sources, (str, os.PathLike)) else list(sources)
    if not named:
        raise InputError("no sources", "name files, folders or addresses")
    for source in named:
        if not isinstance(source, (str, os.PathLike)):
            raise InputError(f"{type(source).__name__} is no source", "name files, folders or addresses")
    there = [os.fspath(source) for source in named]
    missing = [source for source in there if not ("://" in source or any(mark in source for mark in "*?[") or os.path.exists(source))]
    if missing:
        raise InputError(f"{', '.join(missing)}: no such file or folder", "check the path; nothing was taken in")
    return there


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _storage() -> list[tuple[str, str]]:
    return [(name, value) for name, value in os.environ.items() if name.startswith("AWS_")]


class Store:
    """A store of articles and what was coded of them: a folder, or `s3://BUCKET/PREFIX`. `open_store` opens it."""

    def __init__(self, location: PathLike, *, write: bool = False) -> None:
        self._inner = _demarche.Store(os.fspath(location), write, _storage())

    @property
    def location(self) -> str:
        """Where it lies."""
        return self._inner.location

    def query(self, sql: str, *, coder: Coder | None = None) -> Table:
        """Asks in SQL (DataFusion's). With a coder, `code_events(text)` and `resolve_actor(text)` may stand in the question. `SHOW TABLES` lists the tables."""
        return Table(self._inner.query(sql, None if coder is None else coder._inner))

    def events(
        self,
        *,
        event: str | Iterable[str] = (),
        actor: str | Iterable[str] = (),
        recipient: str | Iterable[str] = (),
        status: str | Iterable[str] = (),
        country: str | Iterable[str] = (),
        begin: Day | None = None,
        end: Day | None = None,
        columns: Iterable[str] = (),
    ) -> Table:
        """Events of the store: of one or several types, of actors and recipients by code (any of the parties, not the first alone), of a country where they
        were, of a stretch of time. Without `status` all of them, also what was threatened, denied or planned."""
        chosen_by = (("event", _known("type of event", event, EVENTS)), ("status", _known("status", status, STATUSES)), ("place_country", _codes(country)))
        where = [self._any(f"e.{column}", values) for column, values in chosen_by]
        for role, codes in (("actor", actor), ("recipient", recipient)):
            chosen = self._any("a.code", _codes(codes))
            if chosen:
                where.append(
                    f"EXISTS (SELECT 1 FROM event_actors a WHERE a.event = e.id AND a.article = e.article AND a.role = '{role}' AND {chosen})"
                )
        where += [f"e.date >= DATE {_quoted(str(day_of(begin)))}" if begin else "", f"e.date <= DATE {_quoted(str(day_of(end)))}" if end else ""]
        conditions = [condition for condition in where if condition]
        names = ", ".join('e."' + name.replace('"', '""') + '"' for name in columns) or "e.*"
        sql = f"SELECT {names} FROM events e" + (f" WHERE {' AND '.join(conditions)}" if conditions else "") + " ORDER BY e.date, e.id"
        return self.query(sql)

    @staticmethod
    def _any(column: str, chosen: list[str]) -> str:
        return f"{column} IN ({', '.join(map(_quoted, chosen))})" if chosen else ""

    def articles(self) -> Table:
        """Articles, with their texts."""
        return self.query("SELECT * FROM articles ORDER BY published, id")

    def quotes(self) -> Table:
        """Quotes."""
        return self.query("SELECT * FROM quotes ORDER BY published, id")

    def series(
        self,
        actor: str,
        recipient: str | None = None,
        *,
        by: Step = "month",
        both_ways: bool = False,
        status: Iterable[str] = ("actual",),
        joined: bool = False,
        begin: Day | None = None,
        end: Day | None = None,
    ) -> Series:
        """What one does to another, or to anybody, by `day`, `week`, `month` or `year`. With `joined` each event of the world counts once, however many report it;
        `corroborate` joins them."""
        codes = _codes([actor] if recipient is None else [actor, recipient])
        told = _known("status", status, STATUSES)
        table, undated, coarse = self._inner.series(codes[0], recipient, by, both_ways, told, joined, day_of(begin), day_of(end))
        return Series(Table(table), undated, coarse)

    def ingest(
        self,
        sources: PathLike | Iterable[PathLike],
        *,
        coder: Coder | None = None,
        columns: Mapping[str, str] | None = None,
        dates: DateOrder | None = None,
        published: Day | None = None,
        links: bool = False,
    ) -> Summary:
        """Takes in what the sources have and the store does not, and codes it: files, folders, patterns or addresses, of pages, text, JSON Lines, CSV, Parquet,
        WARC, feeds. The same again takes in only what is new. The store must be open for writing."""
        there = sources_of(sources)
        coder = coder or shipped()
        counts, failures, passed_over = self._inner.ingest(
            coder._inner, there, pairs_of(columns), dates, day_of(published), links
        )
        return Summary(dict(counts), [Failed(*failure) for failure in failures], dict(passed_over))

    def absorb(self, files: Iterable[PathLike]) -> Summary:
        """Takes in what workers staged (`Coder.stage`), file by file. What the store has is left out, so the same files may come twice."""
        counts, failures, passed_over = self._inner.absorb([os.fspath(file) for file in files])
        return Summary(dict(counts), [Failed(*failure) for failure in failures], dict(passed_over))

    def corroborate(self) -> dict[str, int]:
        """Joins reports of one event. Gives counts of `reports`, `events` of the world, and those `shared` by several reports."""
        return dict(self._inner.corroborate())

    def check(self) -> dict[str, object]:
        """Counts rows, compares hashes, follows references: `sound`, `findings`, `hash`, and rows and hash of each of the `tables`."""
        tables, findings, whole = self._inner.check()
        return {
            "sound": not findings,
            "findings": findings,
            "hash": whole,
            "tables": {name: {"rows": rows, "hash": own} for name, rows, own in tables},
        }

    def refresh(self) -> int:
        """Sees what others committed since it was opened. Gives the number of the last commit."""
        return self._inner.refresh()

    def __repr__(self) -> str:
        return f"<demarche.Store: {self.location}>"
