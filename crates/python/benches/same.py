#!/usr/bin/env python3
"""Codes the same articles by the command, by the package with one and two threads, by Spark with two executors and by Sail, and compares all records.

    python3 same.py PROGRAM MAKE_CORPUS FOLDER [ARTICLES]

PROGRAM is the built command, MAKE_CORPUS the built example of `demarche-flows`. Exits with 1 where one differs.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import demarche
import pyarrow.parquet
from demarche.spark import code_events
from engines import corpus, digest, sail, spark, write


def main(program: str, maker: str, folder: str, count: str = "2000") -> int:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    lines, table = write(corpus(maker, place, int(count)), place)
    found: dict[str, list[str]] = {}

    def timed(name: str, records: list[str], begun: float) -> None:
        found[name] = records
        print(f"{name:<28} {len(records):>7} events  {digest(records)}  {time.monotonic() - begun:6.1f} s", flush=True)

    begun = time.monotonic()
    told = subprocess.run([program, "code", lines, "--format", "jsonl"], capture_output=True, text=True, check=True)
    timed("command", told.stdout.splitlines(), begun)
    for threads in (1, 2):
        coder = demarche.Coder(threads=threads)
        begun = time.monotonic()
        coded = coder.code_table(pyarrow.parquet.read_table(table))
        timed(f"package, {threads} thread{'s' * (threads - 1)}", pyarrow.table(coded)["record"].to_pylist(), begun)
    for name, engine in (("Spark, 2 executors", spark), ("Sail", sail)):
        with engine() as session:
            begun = time.monotonic()
            rows = code_events(session.read.parquet(str(table))).select("record").collect()
            timed(name, [row["record"] for row in rows], begun)
    whole = digest(found["command"])
    differ = [name for name, records in found.items() if digest(records) != whole]
    print(f"the same by all: {whole}" if not differ else f"FAILED: other records by {', '.join(differ)}")
    return 1 if differ or not found["command"] else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
