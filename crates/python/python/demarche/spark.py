"""Demarche on Spark: the same coder in every Python worker, over Arrow.

Works with Spark 3.5 and later, classic or over Spark Connect, and with what speaks its protocol (Sail). Workers need the package `demarche` and
pyarrow; give each task one core, as a coder works on one thread here.

    >>> from demarche.spark import code_events, ingest
    >>> events = code_events(spark.read.parquet("articles"), text_col="body")
    >>> ingest(spark.read.parquet("articles"), "news.store", staging="/shared/staging", txn="2026-11-27", text_col="body")
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _demarche
from ._coder import Coder, DateOrder, Kind
from ._store import Store, Summary
from .errors import InputError

if TYPE_CHECKING:
    import pyarrow

__all__ = ["code_events", "commit", "ingest", "stage"]

# What a staging folder holds when all of it was staged.
READY = "_staged.json"
# What each task tells of its file.
COUNTS = ("articles", "events", "failed", "bytes", "order")
STAGED = ", ".join(["file string", *(f"`{name}` long" for name in COUNTS)])


class Options(NamedTuple):
    """What a coder is made of, with a hash of its tables: a worker that Spark keeps must not code with what they held yesterday."""

    lexicon: str | None
    knowledge: tuple[str, ...]
    threads: int | None
    every_sentence: bool
    tables: str


@lru_cache(maxsize=2)
def _coder(options: Options) -> Coder:
    """The coder of a Python process: Spark uses a worker for many tasks."""
    here = _hash(options.lexicon, options.knowledge)
    if here != options.tables:
        raise InputError("the tables of this worker are not those of the driver", "put the same files at the same paths on all machines")
    return Coder(
        lexicon=options.lexicon, knowledge=options.knowledge, threads=options.threads, every_sentence=options.every_sentence
    )


def _hash(lexicon: str | None, knowledge: tuple[str, ...]) -> str:
    known = hashlib.sha256()
    for path in [*([lexicon] if lexicon else []), *knowledge]:
        place = Path(path)
        for file in sorted(place.iterdir()) if place.is_dir() else [place]:
            if file.is_file():
                known.update(f"{file.name}\0{file.stat().st_size}\0".encode())
                known.update(file.read_bytes())
    return known.hexdigest()


def _options(coder: Mapping[str, Any] | None) -> Options:
    given = dict(coder or {})
    lexicon, knowledge = given.pop("lexicon", None), given.pop("knowledge", ())
    threads, every = given.pop("threads", 1), given.pop("every_sentence", False)
    if given:
        raise InputError(f"there are no options {', '.join(given)}", "lexicon, knowledge, threads, every_sentence")
    tables = [knowledge] if isinstance(knowledge, (str, os.PathLike)) else list(knowledge)
    # Executors work in folders of their own.
    own, paths = None if lexicon is None else os.path.abspath(lexicon), tuple(os.path.abspath(table) for table in tables)
    try:
        return Options(own, paths, threads, bool(every), _hash(own, paths))
    except OSError as error:
        raise InputError(str(error), "check the paths of lexicon and knowledge") from error


def _columns(df: Any, text_col: str | None, columns: Mapping[str, str] | None) -> dict[str, str]:
    found = dict(columns or {})
    if text_col is not None:
        found["text"] = text_col
    missing = [column for column in found.values() if column not in df.columns]
    if missing:
        raise InputError(f"the frame has no column {', '.join(missing)}", f"it has {', '.join(df.columns)}")
    return found


# Types of Spark for those of the tables, as Arrow names them.
_TYPES = {"Int64": "bigint", "Int32": "int", "Float64": "double", "Utf8": "string", "Date32": "date", "Boolean": "boolean", "Binary": "binary"}


def _type(arrow: str) -> str:
    if arrow.startswith("List("):
        return "array<string>"
    return _TYPES[arrow]


def _schema(kind: str, options: Options) -> str:
    import pyarrow

    nothing = pyarrow.table({"text": pyarrow.array([], pyarrow.string())})
    empty = _demarche.code_table(_coder(options)._inner, nothing, [], None, kind)
    return ", ".join(f"`{name}` {_type(kind)}" for name, kind in zip(empty.column_names, empty.types) if name != "row")


def code_events(
    df: Any,
    text_col: str | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    kind: Kind = "events",
    coder: Mapping[str, Any] | None = None,
) -> Any:
    """Codes the articles of a frame, one a row; gives a frame of their events (or `kind`: `quotes`, `facts` and so on).

    Columns are known by the names of a record's fields (`text`, `title`, `url`, `published`, ...); `text_col="body"` and `columns={"published": "day"}` name others.
    `coder` has the options of `demarche.Coder`; paths in it must be there on every worker. An article that cannot be read is left out here, and written down by
    `ingest`. The column `record` is the whole record as JSON: that of the command, but for `article.origin`, which is `table`.
    """
    options, named = _options(coder), _columns(df, text_col, columns)

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        for batch in batches:
            if batch.num_rows:
                coded = pyarrow.table(_coder(options).code_table(batch, columns=named, dates=dates, kind=kind))
                yield from coded.drop_columns(["row"]).to_batches()

    return df.mapInArrow(work, _schema(kind, options))


def stage(
    df: Any,
    staging: str | os.PathLike[str],
    *,
    txn: str,
    text_col: str | None = None,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    coder: Mapping[str, Any] | None = None,
) -> list[Path]:
    """Codes the articles of a frame on the workers, which write what a store is to keep to files in the folder `staging`/`txn`; gives the files.

    All workers and the driver must see the folder (NFS, a mounted bucket). A task that is tried again writes a file of its own, and only the files of
    tasks that succeeded are named. When all was staged that is written down, and the same call again gives the same files without coding.
    """
    options, named = _options(coder), _columns(df, text_col, columns)
    folder = _folder(staging, txn)
    ready = folder / READY
    job = {"columns": named, "dates": dates, "run": _coder(options).stamp["run"], "schema": df.schema.simpleString()}
    done = _staged(ready, job)
    if done is not None:
        return done
    folder.mkdir(parents=True, exist_ok=True)
    place = str(folder)

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        first = next((batch for batch in batches if batch.num_rows), None)
        if first is None:
            return

        def all_batches() -> Iterator[pyarrow.RecordBatch]:
            yield first
            yield from batches

        file = os.path.join(place, f"{_task()}-{uuid.uuid4().hex}.parquet")
        reader = pyarrow.RecordBatchReader.from_batches(first.schema, all_batches())
        done = _coder(options).stage(reader, file, columns=named, dates=dates)
        schema = pyarrow.schema([("file", pyarrow.string()), *((name, pyarrow.int64()) for name in COUNTS)])
        yield pyarrow.RecordBatch.from_pylist([{"file": os.path.basename(file), **done}], schema=schema)

    rows = df.mapInArrow(work, STAGED).collect()
    # By partition; where that is not told, by what is in them: the order decides which of two copies is the first.
    files = [row["file"] for row in sorted(rows, key=lambda row: (row["file"].rsplit("-", 1)[0], row["order"]))]
    _write_whole(ready, json.dumps({"txn": txn, "job": job, "files": files}))
    return [folder / file for file in files]


def commit(store: str | os.PathLike[str], files: Iterable[str | os.PathLike[str]]) -> Summary:
    """Takes staged files into a store, on the driver (with Spark Connect, where the client is): the one step that writes to it. What the store has is left out, so it may be done again."""
    return Store(store, write=True).absorb(files)


def ingest(
    df: Any,
    store: str | os.PathLike[str],
    *,
    staging: str | os.PathLike[str],
    txn: str,
    text_col: str | None = None,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    coder: Mapping[str, Any] | None = None,
    keep: bool = False,
) -> Summary:
    """Codes the articles of a frame and takes them into a store: `stage` on the workers, then `commit` on the driver.

    `txn` names this piece of work. Whatever is killed, the same call does what is left: tasks are tried again by Spark; a driver that was killed before all was
    staged stages anew; one that was killed later commits what was staged. Nothing is taken in twice. Afterwards the staged files are removed, unless `keep`.
    """
    files = stage(df, staging, txn=txn, text_col=text_col, columns=columns, dates=dates, coder=coder)
    done = commit(store, files)
    if not keep:
        # First the list, so that it never names files that are gone.
        folder = _folder(staging, txn)
        (folder / READY).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
    return done


def _folder(staging: str | os.PathLike[str], txn: str) -> Path:
    if not txn or any(mark in txn for mark in "/\\") or txn.startswith("."):
        raise InputError(f"txn={txn!r}", "give a name without slashes, such as the day of the job")
    place = os.fspath(staging)
    if "://" in place or place.startswith("file:"):
        raise InputError(f"staging={place!r}", "give a path that the driver and all workers see, such as a mounted bucket or a network drive")
    return Path(place).absolute() / txn


def _staged(ready: Path, job: Mapping[str, Any]) -> list[Path] | None:
    """The files of an earlier call that staged all; none where it did not, or where they are gone."""
    try:
        told = json.loads(ready.read_text())
    except (FileNotFoundError, ValueError):
        return None
    files = [ready.parent / name for name in told["files"]]
    if not all(file.exists() for file in files):
        ready.unlink(missing_ok=True)
        return None
    if told["job"] != json.loads(json.dumps(job)):
        raise InputError(
            f"{ready.parent} holds what another job staged: other columns, tables or versions", f"give another txn, or remove {ready.parent}"
        )
    return files


def _write_whole(path: Path, text: str) -> None:
    begun = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    with open(begun, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(begun, path)


def _task() -> str:
    """The number of the partition, by which files are put in order; where it is not told, all are alike."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return "part" if context is None else f"part-{context.partitionId():06}"
