#!/usr/bin/env python3
"""Kills executors and the driver of Spark while a store is filled, and compares the store with one that was filled in peace.

    python3 faults.py PROGRAM MAKE_CORPUS FOLDER [ARTICLES [TIMES]]

TIMES times an executor is killed with SIGKILL in the middle of the job and its folder removed; then a driver is killed after all was staged and before
it was committed, and one while workers stage; each is run again. Exits with 1 where rows are missing or doubled.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import demarche
from demarche.spark import ingest, stage
from engines import corpus, digest, executors, spark, write

failed: list[str] = []


def expect(holds: bool, what: str) -> None:
    print(("ok      " if holds else "FAILED  ") + what, flush=True)
    if not holds:
        failed.append(what)


# Tables that hang on what was coded alone, and not on the order in which it came.
TABLES = ("events", "event_actors", "dyads", "quotes", "relations", "facts", "rejects", "codings")


def content(store: Path) -> dict[str, tuple[object, object]]:
    report = demarche.open_store(store).check()
    assert report["sound"], report["findings"]
    tables: dict[str, dict[str, object]] = report["tables"]  # type: ignore[assignment]
    return {name: (tables[name]["rows"], tables[name]["hash"]) for name in TABLES}


def events(store: Path) -> str:
    """A hash of all records of events but for the names of the files they were read from."""
    return digest(demarche.open_store(store).events().to_pyarrow()["record"].to_pylist())


def kill_one(chance: random.Random, killed: list[int], done: threading.Event, after: float) -> None:
    """Waits a while, then kills an executor and wipes its folder."""
    if done.wait(after):
        return
    alive = executors()
    if not alive:
        return
    victim = chance.choice(alive)
    disk = os.path.realpath(f"/proc/{victim}/cwd")
    os.kill(victim, signal.SIGKILL)
    shutil.rmtree(disk, ignore_errors=True)
    killed.append(victim)


def driver(table: Path, store: Path, staging: Path, what: str) -> subprocess.Popen[bytes]:
    """A driver of its own, that can be killed."""
    return subprocess.Popen([sys.executable, __file__, "--driver", table, store, staging, what], start_new_session=True)


def drive(table: str, store: str, staging: str, what: str) -> None:
    with spark() as session:
        frame = session.read.parquet(table)
        if what == "stage":
            stage(frame, staging, txn="job")
            # All is staged, and nothing committed.
            print("staged", flush=True)
            time.sleep(600)
        ingest(frame, store, staging=staging, txn="job")


def kill_driver(child: subprocess.Popen[bytes]) -> None:
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for left in executors():
        os.kill(left, signal.SIGKILL)


def main(program: str, maker: str, folder: str, count: str = "2000", times: str = "10") -> int:
    place = Path(folder)
    shutil.rmtree(place / "stores", ignore_errors=True)
    (place / "stores").mkdir(parents=True)
    lines, table = write(corpus(maker, place, int(count)), place)
    begun = time.monotonic()
    subprocess.run([program, "ingest", lines, "--store", place / "stores/whole", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    print(f"by the command: {time.monotonic() - begun:.0f} s", flush=True)
    chance = random.Random(7)
    with spark() as session:
        begun = time.monotonic()
        ingest(session.read.parquet(str(table)), place / "stores/peace", staging=place / "staging", txn="peace")
        took = time.monotonic() - begun
    expect(events(place / "stores/peace") == events(place / "stores/whole"), f"Spark in peace gives the events of the command ({took:.0f} s)")
    whole = content(place / "stores/peace")
    print(f"{whole['codings'][0]} articles coded, {whole['events'][0]} events", flush=True)
    for n in range(int(times)):
        store, done = place / f"stores/killed-{n}", threading.Event()
        killed: list[int] = []
        with spark() as session:
            session.range(1).count()
            after = chance.uniform(0.25, 0.75) * took
            killer = threading.Thread(target=kill_one, args=(chance, killed, done, after))
            killer.start()
            done_counts = ingest(session.read.parquet(str(table)), store, staging=place / "staging", txn=f"job-{n}").counts
            done.set()
            killer.join()
        expect(bool(killed) and content(store) == whole, f"executor {killed} killed after {after:.1f} s: {done_counts['coded']} coded")
    # A driver that dies between staging and commit.
    store, staging = place / "stores/driver", place / "staging-driver"
    shutil.rmtree(staging, ignore_errors=True)
    child = driver(table, store, staging, "stage")
    ready = staging / "job/_staged.json"
    while not ready.exists() and child.poll() is None:
        time.sleep(0.2)
    kill_driver(child)
    expect(not store.exists(), "nothing is committed when the driver dies after staging")
    begun = time.monotonic()
    expect(driver(table, store, staging, "ingest").wait() == 0 and content(store) == whole, f"the next driver commits what was staged ({time.monotonic() - begun:.0f} s)")
    expect(not (staging / "job").exists(), "what was staged is cleared away")
    expect(driver(table, store, staging, "ingest").wait() == 0 and content(store) == whole, "the same job once more adds nothing")
    # One that dies while its workers stage.
    store = place / "stores/early"
    child = driver(table, store, staging, "ingest")
    while child.poll() is None and not list((staging / "job").glob("part-*.parquet")):
        time.sleep(0.2)
    kill_driver(child)
    expect(driver(table, store, staging, "ingest").wait() == 0 and content(store) == whole, "a driver that died while staging, run again")
    print("nothing lost, nothing doubled" if not failed else f"{len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--driver"]:
        drive(*sys.argv[2:])
    elif len(sys.argv) < 4:
        sys.exit(__doc__)
    else:
        sys.exit(main(*sys.argv[1:]))
