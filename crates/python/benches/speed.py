#!/usr/bin/env python3
"""Times the package against the command, one core against two, and Spark stage by stage, on the same articles in one run.

    python3 speed.py PROGRAM MAKE_CORPUS FOLDER [ARTICLES [ROUNDS]]

Rounds go by turns, so that a machine that is used for other work slows all alike. The package is asked for as a user asks it: a table in, a table out.
Exits with 1 where the package makes less than 95 % of the command's throughput.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import demarche
import pyarrow.parquet
from demarche.spark import code_events, commit, stage
from engines import corpus, spark, write

LEAST = 0.95


def child(arguments: list[str | Path]) -> tuple[float, float]:
    """Wall seconds and seconds of the processor."""
    begun, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begun, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


PACKAGE = """
import sys, demarche, pyarrow.parquet
table = demarche.Coder(threads=int(sys.argv[2])).code_table(pyarrow.parquet.read_table(sys.argv[1]))
pyarrow.parquet.write_table(table.to_pyarrow(), sys.argv[3])
"""


def main(program: str, maker: str, folder: str, count: str = "4000", rounds: str = "3") -> int:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    lines, table = write(corpus(maker, place, int(count)), place)
    times: dict[str, list[tuple[float, float]]] = {}
    for _ in range(int(rounds)):
        for threads in ("1", "2"):
            out = place / "out.jsonl"
            times.setdefault(f"command, {threads}", []).append(child([program, "code", lines, "--format", "jsonl", "--threads", threads, "-o", out]))
            package = [sys.executable, "-c", PACKAGE, str(table), threads, str(place / "out.parquet")]
            times.setdefault(f"package, {threads}", []).append(child([*package]))
    print(f"{count} articles, median of {rounds} rounds by turns; start of the program and writing are in it")
    print(f"{'':<14} {'wall s':>8} {'CPU s':>8} {'articles/s':>11} {'per CPU-second':>15}")
    middle = {name: tuple(statistics.median(part) for part in zip(*rows)) for name, rows in times.items()}
    for name, (wall, cpu) in sorted(middle.items()):
        print(f"{name:<14} {wall:8.1f} {cpu:8.1f} {int(count) / wall:11.0f} {int(count) / cpu:15.0f}")
    share = {threads: middle[f"command, {threads}"][0] / middle[f"package, {threads}"][0] for threads in ("1", "2")}
    for threads, part in share.items():
        print(f"package / command on {threads} thread{'s' if threads == '2' else ''}: {part:.3f}")
    for name in ("command", "package"):
        print(f"{name} from one core to two: {middle[f'{name}, 1'][0] / middle[f'{name}, 2'][0]:.2f} times")
    with spark() as session:
        begun = time.monotonic()
        session.range(1).count()
        print(f"Spark, start of the executors: {time.monotonic() - begun:.1f} s")
        frame = session.read.parquet(str(table))
        for what in ("first", "again"):
            begun = time.monotonic()
            found = code_events(frame).select("id").count()
            print(f"Spark, code_events and count, {what}: {time.monotonic() - begun:.1f} s, {found} events")
        begun = time.monotonic()
        files = stage(frame, place / "speed-staging", txn=f"speed-{os.getpid()}")
        staged = time.monotonic() - begun
        size = sum(file.stat().st_size for file in files)
        begun = time.monotonic()
        commit(place / f"speed-{os.getpid()}.store", files)
        committed = time.monotonic() - begun
        print(f"Spark, stage: {staged:.1f} s, {len(files)} files, {size / 1e6:.1f} MB; commit on the driver: {committed:.1f} s, {int(count) / committed:.0f} articles/s")
    low = [threads for threads, part in share.items() if part < LEAST]
    print("the package keeps up" if not low else f"FAILED: below {LEAST:.0%} on {', '.join(low)} threads")
    print(f"memory of a coder of its own: {memory(table):.0f} MB")
    return 1 if low else 0


def memory(table: Path) -> float:
    """What a process with one coder takes at most, in MB."""
    code = PACKAGE + "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    told = subprocess.run([sys.executable, "-c", code, table, "1", str(table.with_name("out.parquet"))], capture_output=True, text=True, check=True)
    return float(told.stdout)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
