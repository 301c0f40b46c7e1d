"""What the scripts beside this file share: articles, Spark on several processes of this machine, Sail."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Spark speaks of pandas, which nothing here uses.
warnings.filterwarnings("ignore", category=FutureWarning)
os.environ["PYTHONWARNINGS"] = "ignore"
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")

FIELDS = ["text", "title", "url", "published", "source", "outlet", "byline", "id"]


def corpus(maker: str, folder: Path, count: int) -> list[dict[str, Any]]:
    """Articles put together from sentences written for the project, by the example `make_corpus` of `demarche-flows`: `count` of those that stand in JSON Lines."""
    place = folder / f"corpus-{count}"
    if not place.is_dir():
        # Some seven of ten stand in JSON Lines.
        subprocess.run([maker, place, str(count * 2)], check=True, stdout=subprocess.DEVNULL)
    found: list[dict[str, Any]] = []
    for path in sorted(place.rglob("*.jsonl*")):
        with gzip.open(path, "rt", errors="replace") if path.suffix == ".gz" else open(path, errors="replace") as lines:
            for line in lines:
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if isinstance(record.get("text"), str) and record["text"].strip():
                    found.append({name: record.get(name) for name in FIELDS if isinstance(record.get(name), str)})
    if len(found) < count:
        sys.exit(f"only {len(found)} articles of {count}")
    return found[:count]


def write(articles: Iterable[dict[str, Any]], folder: Path) -> tuple[Path, Path]:
    """The articles as JSON Lines and as Parquet."""
    import pyarrow
    import pyarrow.parquet

    rows = list(articles)
    lines, table = folder / "articles.jsonl", folder / "articles.parquet"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    names = [name for name in FIELDS if any(name in row for row in rows)]
    columns = {name: pyarrow.array([row.get(name) for row in rows], pyarrow.string()) for name in names}
    pyarrow.parquet.write_table(pyarrow.table(columns), table, row_group_size=100)
    return lines, table


ORIGIN = re.compile(r'"origin":"(?:[^"\\]|\\.)*"')


def digest(records: Iterable[str]) -> str:
    """One hash of records, whatever their order. All of them counts but `article.origin`, the name of the file or table that an article was read from."""
    return hashlib.sha256("\n".join(sorted(ORIGIN.sub("", record, count=1) for record in records)).encode()).hexdigest()[:16]


@contextmanager
def spark(executors: int = 2, **settings: str) -> Iterator[Any]:
    """Spark with so many executors, each a process of its own with one core. Needs Java."""
    if shutil.which("java") is None:
        sys.exit("Spark needs Java: apt-get install default-jre-headless, or another Java 17 or later")
    from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.ERROR)
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]").appName("demarche")
    known = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1g",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.files.maxPartitionBytes": "200k",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    }
    for name, value in {**known, **settings}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def sail() -> Iterator[Any]:
    """Sail, which speaks the protocol of Spark Connect and needs no Java."""
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    address = server.listening_address
    assert address is not None, "Sail does not listen"
    _, port = address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        server.stop()


def executors() -> list[int]:
    """Processes of Spark's executors on this machine."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"CoarseGrainedExecutorBackend" in line:
                found.append(int(entry.name))
    return sorted(found)
