"""Compares the table of all dyads by month with DuckDB, on the same Parquet files and in the same run.

    python3 aggregates.py EXAMPLE STORE [ROWS]

EXAMPLE is the built example `aggregates`; STORE is made with ROWS rows (10,000,000) if it is not there. Needs the wheel `duckdb`.
Fails when ours takes more than 2.5 times as long, or a single dyad's series 100 ms.
"""

import glob
import json
import os
import statistics
import subprocess
import sys
import time

import duckdb

SQL = """
SELECT actor, recipient, date_trunc('month', date) AS begin, count(*) AS events, sum(event_scale) AS intensity,
       sum(CASE WHEN quad_code = 1 THEN 1 ELSE 0 END) AS quad1, sum(CASE WHEN quad_code = 2 THEN 1 ELSE 0 END) AS quad2,
       sum(CASE WHEN quad_code = 3 THEN 1 ELSE 0 END) AS quad3, sum(CASE WHEN quad_code = 4 THEN 1 ELSE 0 END) AS quad4
FROM read_parquet($files) WHERE status = 'actual' AND date IS NOT NULL GROUP BY actor, recipient, begin
"""


def files(store, table):
    there = {}
    for name in sorted(glob.glob(os.path.join(store, table, "_delta_log", "*.json"))):
        with open(name, encoding="utf-8") as log:
            for line in log:
                action = json.loads(line)
                if "add" in action:
                    there[action["add"]["path"]] = True
                elif "remove" in action:
                    there.pop(action["remove"]["path"], None)
    return [os.path.join(store, table, path) for path in there]


def main():
    example, store = sys.argv[1:3]
    rows = sys.argv[3] if len(sys.argv) > 3 else "10000000"
    if not os.path.isdir(store):
        subprocess.run([example, "make", store, rows], check=True)
    parts = files(store, "dyads")
    print(f"{len(parts)} files, {sum(map(os.path.getsize, parts)) / 1e6:.0f} MB")
    told = {}

    def ours():
        out = subprocess.run([example, "ask", store], check=True, capture_output=True, text=True).stdout
        print(out)
        told.update(line.split("\t") for line in out.splitlines() if "\t" in line)

    connection = duckdb.connect()
    connection.execute("SET enable_object_cache = true")
    times = []
    for step in range(5):
        begin = time.perf_counter()
        # Making Python's objects of a million rows is no part of the aggregate, so their sums are asked for.
        sums = "count(*), sum(events), sum(intensity), sum(quad1), sum(quad2), sum(quad3), sum(quad4), max(begin)"
        count = connection.execute(f"SELECT {sums} FROM ({SQL})", {"files": parts}).fetchone()
        times.append(time.perf_counter() - begin)
        print(f"DuckDB: {count[0]} rows of {count[1]} events in {times[-1]:.3f} s")
        if step == 2:
            ours()
    theirs = statistics.median(times)
    ratio = float(told["median"]) / theirs
    print(f"DuckDB {theirs:.3f} s, Demarche {told['median']} s: {ratio:.2f} times; slowest series {float(told['slowest']) * 1e3:.0f} ms")
    if ratio > 2.5 or float(told["slowest"]) > 0.1:
        sys.exit("too slow")


main()
