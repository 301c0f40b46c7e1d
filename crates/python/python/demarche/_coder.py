"""Articles in, records out."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Literal, Union, cast, overload

from . import _demarche
from ._coded import Coded, why
from ._table import Table
from .errors import InputError

__all__ = ["ArticleLike", "Coder", "DateOrder", "Day", "Kind", "PathLike", "shipped"]

ArticleLike = Union[str, Mapping[str, Any]]
"""A text or a page; or a record with the fields `text` or `html`, and `title`, `url`, `published`, `source`, `byline`, `section`, `language`, `id`."""
Day = Union[str, datetime.date]
"""A day, as `2026-01-31` or a `datetime.date`."""
PathLike = Union[str, "os.PathLike[str]"]
DateOrder = Literal["dmy", "mdy"]
"""How 03/04/2025 is read: 3 April, or March 4."""
Kind = Literal["events", "event_actors", "quotes", "relations", "facts", "rejects"]
"""A table of what was coded."""


def day_of(day: Day | None) -> str | None:
    """A day as Rust reads it."""
    if isinstance(day, datetime.datetime):
        day = day.date()
    if day is None or isinstance(day, datetime.date):
        return None if day is None else day.isoformat()
    if isinstance(day, str):
        # Of a time the day is taken, as it stands.
        written = day.strip().split("T")[0].split(" ")[0]
        try:
            return datetime.date.fromisoformat(written).isoformat()
        except ValueError:
            pass
    raise InputError(f"{day!r} is no day", "write it as 2026-01-31, or give a datetime.date")


def _plain(value: object) -> object:
    # Days and times of datetime, pandas and numpy all have it.
    write = getattr(value, "isoformat", None)
    return write() if callable(write) else str(value)


def _missing(value: object) -> bool:
    """None, and what frames have in its place: NaN, pandas.NA and NaT, which are not equal to themselves or cannot say."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ in ("NAType", "NaTType")


def _articles(source: object) -> Iterable[ArticleLike]:
    """The articles of a list, or of a column of pandas, polars or pyarrow."""
    if hasattr(source, "columns") or hasattr(source, "column_names"):
        raise InputError(f"{type(source).__name__} is a table", "use code_table, or give one of its columns")
    if isinstance(source, os.PathLike):
        raise InputError(f"{os.fspath(source)!r} is the name of a file", _READ)
    if isinstance(source, (bytes, bytearray)):
        raise InputError("an article is text, not bytes", "decode it first: code(page.decode('utf-8'))")
    for name in ("to_pylist", "to_list"):
        listed = getattr(source, name, None)
        if callable(listed):
            return cast("list[ArticleLike]", listed())
    if not isinstance(source, Iterable):
        raise InputError(f"{type(source).__name__} is no article", "give a string, a dictionary with the field text, or a list of these")
    return cast("Iterable[ArticleLike]", source)


_READ = "read it first, as in code(Path('page.html').read_text()), or take files and folders into a store: demarche.ingest"
_ENDINGS = (".htm", ".html", ".txt", ".json", ".jsonl", ".csv", ".tsv", ".parquet", ".pdf", ".docx", ".xml", ".warc")


def record_of(article: ArticleLike) -> str:
    """An article as a line of JSON."""
    if isinstance(article, str):
        # A name of a file has no blanks, as an article has; an address may stand alone.
        if article.endswith(_ENDINGS) and "://" not in article and len(article.split()) == 1:
            raise InputError(f"{article!r} is the name of a file", _READ)
        return json.dumps({"text": article})
    if isinstance(article, Mapping):
        known = {str(name): value for name, value in article.items() if not _missing(value)}
        return json.dumps(known, default=_plain)
    what = "there is no text" if _missing(article) else f"{type(article).__name__} is no article"
    raise InputError(what, "give a string, or a dictionary with the field text")


def _record_or_why(article: ArticleLike, name: str) -> str | InputError:
    """One of many articles as a line of JSON, or why it is none: the others are coded all the same."""
    try:
        return record_of(article)
    except (InputError, TypeError, ValueError) as error:
        told = error if isinstance(error, InputError) else InputError(str(error), "give a string, or a dictionary with the field text")
        return InputError(f"{name}: {told.message}", told.next_step)


def _table(data: Any) -> Any:
    """What has Arrow's interface, or an error that says how to get there."""
    name = type(data).__name__
    if name == "Series":
        raise InputError("a Series is one column", "give the frame, or code the column with `code`")
    if name == "LazyFrame":
        raise InputError("a LazyFrame has not been collected", "give frame.collect()")
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return data
    if isinstance(data, (str, os.PathLike)):
        raise InputError(f"{os.fspath(data)!r} is no table", "read it first, as in code_table(pandas.read_csv(...)), or take it into a store: demarche.ingest")
    raise InputError(f"{name} is no table", "give a frame of pandas or polars or a table of pyarrow; lists are coded by `code`")


def pairs_of(columns: Mapping[str, str] | None) -> list[tuple[str, str]]:
    return list((columns or {}).items())


class Coder:
    """Codes news. Make one and use it again: it reads the models when it is made, and may be used by several threads at once.

    - `lexicon`: own rows of the lexicon (a tab-separated file); they win over the rows that ship and over the model.
    - `knowledge`: own tables of actors and places, a folder or a file, or several; a later one wins over an earlier.
    - `threads`: how many work at a time; without it, one for each core. Results are the same for any number.
    - `every_sentence`: read also sentences whose words tell of no event and no quote; slower.
    """

    def __init__(
        self,
        *,
        lexicon: PathLike | None = None,
        knowledge: PathLike | Iterable[PathLike] = (),
        threads: int | None = None,
        every_sentence: bool = False,
    ) -> None:
        if threads is not None and threads < 1:
            raise InputError(f"threads={threads}", "at least one thread is needed")
        tables = [knowledge] if isinstance(knowledge, (str, os.PathLike)) else list(knowledge)
        # A coder that is sent elsewhere finds its tables by their whole paths.
        self._options = (
            None if lexicon is None else os.path.abspath(lexicon),
            [os.path.abspath(table) for table in tables],
            threads,
            every_sentence,
        )
        self._inner = _demarche.Coder(*self._options)

    @property
    def threads(self) -> int:
        """How many work at a time."""
        return self._inner.threads

    @property
    def stamp(self) -> dict[str, str]:
        """What codes: `run` names version, model, ontology, lexicon and knowledge together; records with the same stamp are of the same coder."""
        return dict(self._inner.stamp)

    @overload
    def code(self, source: ArticleLike, *, published: Day | None = None, origin: str | None = None) -> Coded: ...  # type: ignore[overload-overlap]  # a string is told from a list of strings
    @overload
    def code(self, source: Iterable[ArticleLike], *, published: Day | None = None, origin: str | None = None) -> list[Coded]: ...
    def code(
        self, source: ArticleLike | Iterable[ArticleLike], *, published: Day | None = None, origin: str | None = None
    ) -> Coded | list[Coded]:
        """Codes an article, or many at once.

        `published` is the day of publication of all of them, when you know it better than they do; without any, words like "on Monday" stay without a
        day. `origin` is what records and messages call the articles, followed by the number of each; else `articles`. One article that cannot be read raises `InputError`; among many it has its `error`, and the others are coded. For frames of pandas and
        polars and tables of Arrow there is `code_table`.
        """
        day = day_of(published)
        if isinstance(source, (str, Mapping)) or _missing(source):
            article = cast("ArticleLike", source)
            record = record_of(article)
            coded = Coded(self._inner.code([record], day, origin or "text", 1)[0], partial(self._why, record, day))
            if coded.error is not None:
                raise coded.error
            return coded
        return self._many(_articles(source), day, origin or "articles", 1)

    def _many(self, articles: Iterable[ArticleLike], day: str | None, origin: str, first: int) -> list[Coded]:
        read = [_record_or_why(article, f"{origin}:{number}") for number, article in enumerate(articles, first)]
        # What is no article keeps its place, so that numbers in messages are those of the input.
        records = ["{}" if isinstance(record, InputError) else record for record in read]
        coded = zip(read, self._inner.code(records, day, origin, first))
        return [
            Coded.failed(record) if isinstance(record, InputError) else Coded(inner, partial(self._why, record, day)) for record, inner in coded
        ]

    def _why(self, record: str, day: str | None, event: str | None, sentence: int | None) -> list[tuple[str, str]]:
        return self._inner.explain(record, day, event, sentence)

    def code_each(self, articles: Iterable[ArticleLike], *, published: Day | None = None, ahead: int = 256, origin: str = "articles") -> Iterator[Coded]:
        """Codes articles as they come, `ahead` of them at a time, so that memory does not grow with their number."""
        day, given, first = day_of(published), iter(articles), 1
        while some := list(islice(given, ahead)):
            yield from self._many(some, day, origin, first)
            first += len(some)

    def code_table(self, data: Any, *, columns: Mapping[str, str] | None = None, dates: DateOrder | None = None, kind: Kind = "events") -> Table:
        """Codes a table of articles: a frame of pandas or polars, a table, batch or reader of pyarrow, anything with Arrow's PyCapsule interface.

        Columns are known by the names of a record's fields (`text`, `title`, `published` and so on); `columns={"text": "body"}` names others. Gives
        the `events` of the articles with the columns that a store's table has, and `row`, the row of the input that each comes from; with `kind` the
        `event_actors`, `quotes`, `relations`, `facts` or `rejects`. A date like 03/04/2025 is read with `dates="dmy"` or `"mdy"`, and unknown without. Rows that could not be coded are in its `failures`.
        """
        return Table(_demarche.code_table(self._inner, _table(data), pairs_of(columns), dates, kind))

    def explain(
        self,
        source: ArticleLike | Coded,
        *,
        event: str | Mapping[str, Any] | None = None,
        sentence: int | None = None,
        published: Day | None = None,
    ) -> str:
        """Says how an event came about (itself, or its identifier or the beginning of it), how a sentence was read (by its number from 1), or all sentences.

        A text must be given as it was coded: with the same title and `published`. A coded article knows: `coded.explain(event)`.
        """
        if isinstance(source, Coded):
            return source.explain(event, sentence=sentence)
        return why(partial(self._why, record_of(source), day_of(published)), event, sentence)

    def stage(self, data: Any, path: PathLike, *, columns: Mapping[str, str] | None = None, dates: DateOrder | None = None) -> dict[str, int]:
        """Codes a table of articles and writes what a store is to keep of it to a file, for `Store.absorb`: what one of many workers does.

        The file is there whole or not at all. Gives counts of articles, events, failures and bytes.
        """
        return dict(_demarche.stage(self._inner, _table(data), pairs_of(columns), dates, os.fspath(path)))

    def __reduce__(self) -> tuple[object, ...]:
        return _again, self._options

    def __repr__(self) -> str:
        return f"<demarche.Coder: version {_demarche.__version__}, {self.threads} threads>"


@lru_cache(maxsize=1)
def shipped() -> Coder:
    """The coder that ships, made when it is first needed and kept."""
    return Coder()


def _again(lexicon: str | None, knowledge: list[str], threads: int | None, every_sentence: bool) -> Coder:
    return Coder(lexicon=lexicon, knowledge=knowledge, threads=threads, every_sentence=every_sentence)
