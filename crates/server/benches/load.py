#!/usr/bin/env python3
"""Loads a server as a room of people would, and says how long each kind of question takes.

    python3 crates/server/benches/load.py --store big.store
    python3 crates/server/benches/load.py --url http://127.0.0.1:7878 --pid 4242

wrk (`apt-get install wrk`) asks on loopback, 20 clients for 60 seconds, all kinds by turns, filters by chance but the same in each run. A client's time
holds reading, work and sending. Above a limit, or with any answer but 200, it ends with 1. Python 3.9 or later, nothing beside.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Milliseconds that 95 of 100 answers must stay under; `page` is table, all facets and histogram in one, and only told.
LIMITS = {"table": 300, "facet": 300, "histogram": 500, "series": 500, "map": 500, "page": None}
MEMORY = 1_000_000_000
FACETS = ["event", "mode", "context", "quad", "status", "actor", "recipient", "actor_sector", "recipient_sector", "country", "outlet", "language", "speaker", "date_basis", "date_precision", "place_precision"]


def get(base, path):
    with urllib.request.urlopen(base + path, timeout=120) as answer:
        return json.load(answer)


def questions(base, count, seed):
    """Paths of every kind. Filters are values that the store has."""
    chance = random.Random(seed)
    facets = {one["field"]: [value["value"] for value in one["values"] if value["value"]] for one in get(base, "/api/facets?fields=" + ",".join(FACETS))["facets"]}
    facets = {field: values for field, values in facets.items() if values}
    bins = get(base, "/api/histogram?by=month")["bins"]
    days = (bins[0]["begin"], bins[-1]["end"]) if bins else ("2025-01-01", "2026-12-31")
    years = range(int(days[0][:4]), int(days[1][:4]) + 1)
    words = [word for row in get(base, "/api/events?limit=200")["rows"] for word in re.findall(r"[a-z]{5,}", row["text"])] or ["minister"]

    def filters(least=0):
        chosen = []
        for field in chance.sample(sorted(facets), k=min(len(facets), chance.choice([0, 1, 1, 2, 3]) + least)):
            value = chance.choice(facets[field])
            chosen.append((field, value if chance.random() < 0.85 else f"-{value}"))
        if chance.random() < 0.3:
            year = chance.choice(years)
            chosen += [("from", f"{year}-{chance.randint(1, 6):02}-01"), ("to", f"{year}-{chance.randint(7, 12):02}-28")]
        if chance.random() < 0.3:
            chosen.append(("q", chance.choice(words)))
        return chosen

    def path(address, pairs):
        return address + "?" + urllib.parse.urlencode(pairs)

    actors = facets.get("actor", ["USA"])
    found = []
    for _ in range(count):
        sort = chance.choice(["-date", "-date", "date", "-published", "scale", "confidence", "-reports"])
        found.append(("table", path("/api/events", filters() + [("sort", sort), ("limit", 50)])))
        found.append(("facet", path("/api/facets", filters() + [("fields", chance.choice(sorted(facets)))])))
        found.append(("histogram", path("/api/histogram", filters())))
        pair = [("actor", chance.choice(actors))] + ([("recipient", chance.choice(actors))] if chance.random() < 0.7 else [])
        found.append(("series", path("/api/series", pair + [("by", chance.choice(["day", "week", "month", "year"])), ("direction", chance.choice(["both", "from", "to"]))])))
        zoom = chance.randint(0, 8)
        wide = 360 / 2**zoom
        west, south = chance.uniform(-180, 180 - wide), chance.uniform(-60, max(-60, 80 - wide / 2))
        box = [] if zoom == 0 else [("bbox", f"{west:.3f},{south:.3f},{west + wide:.3f},{min(85, south + wide / 2):.3f}")]
        found.append(("map", path("/api/places", filters() + [("zoom", zoom)] + box)))
        found.append(("page", path("/events", filters())))
    return found


def memory(pid):
    """Bytes in memory now, and at most since it began."""
    status = Path(f"/proc/{pid}/status").read_text()
    now, most = (int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) * 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def percentile(times, share):
    return times[min(len(times) - 1, int(share * len(times)))]


def load(base, pid, args):
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder, "paths"), Path(folder, "times")
        asked.write_text("".join(f"{kind}\t{path}\n" for kind, path in questions(base, args.paths, args.seed)))
        before = memory(pid) if pid else None
        command = ["wrk", "-t", str(args.clients), "-c", str(args.clients), "-d", f"{args.seconds}s", "--timeout", "30s", "-s", str(HERE / "load.lua"), base, "--", str(asked), str(told)]
        answer = subprocess.run(command, capture_output=True, text=True)
        if answer.returncode or not told.exists():
            sys.exit(f"load: wrk failed: {answer.stderr or answer.stdout}")
        errors = int(re.search(r"^errors (\d+)", answer.stdout, re.M)[1])
        times, wrong = defaultdict(list), defaultdict(int)
        for line in told.read_text().splitlines():
            kind, time, status = line.split("\t")
            times[kind].append(float(time))
            if status != "200":
                wrong[f"{kind} {status}"] += 1
    faults = []
    total = sum(map(len, times.values()))
    print(f"{args.clients} clients, {args.seconds} s, {total} answers, {total / args.seconds:.0f} a second")
    print(f"{'kind':<10} {'answers':>8} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'most':>8}  limit of p95")
    for kind, limit in LIMITS.items():
        row = sorted(times[kind])
        if not row:
            faults.append(f"no answer of {kind}")
            continue
        p95 = percentile(row, 0.95)
        print(f"{kind:<10} {len(row):>8} {percentile(row, 0.5):>8.1f} {p95:>8.1f} {percentile(row, 0.99):>8.1f} {row[-1]:>8.1f}  {f'{limit} ms' if limit else 'none'}")
        if limit and p95 > limit:
            faults.append(f"{kind}: p95 of {p95:.0f} ms is above {limit} ms")
    if errors or wrong:
        faults.append(f"{errors} errors; {dict(wrong)}")
    if pid:
        now, most = memory(pid)
        print(f"memory: {before[0] / 1e6:.0f} MB before, {now / 1e6:.0f} MB after, {most / 1e6:.0f} MB at most")
        if now > MEMORY:
            faults.append(f"{now / 1e6:.0f} MB of memory are above {MEMORY / 1e6:.0f} MB")
        if most > MEMORY:
            print(f"  (the most, {most / 1e6:.0f} MB, was reached {'before' if before[1] == most else 'during'} the load)")
    for fault in faults:
        print(f"load: {fault}", file=sys.stderr)
    return 1 if faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", help="store to serve")
    parser.add_argument("--url", help="a server that runs already, instead of --store")
    parser.add_argument("--pid", type=int, help="its process, for the memory")
    parser.add_argument("--program", default=os.environ.get("DEMARCHE_BIN", "target/release/demarche"))
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--paths", type=int, default=500, help="different paths of each kind")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.url:
        return load(args.url.rstrip("/"), args.pid, args)
    if not args.store:
        parser.error("--store or --url is needed")
    server = subprocess.Popen([args.program, "serve", "--store", args.store, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        base = re.search(r"http://[\d.]+:\d+", line)
        if not base:
            sys.exit(f"load: the server told no address: {line!r}")
        return load(base[0], server.pid, args)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
