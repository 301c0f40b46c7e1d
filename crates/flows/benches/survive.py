"""Takes a made-up corpus in at size, undisturbed, killed and twice at once, and compares the stores.

    python3 survive.py PROGRAM MAKE_CORPUS FOLDER [ARTICLES [KILLS]]

PROGRAM is the built program, MAKE_CORPUS the built example of this crate. Corpora and stores are made in FOLDER.
Asked for: at 100,000 articles at most 1.5 GB of memory, a cost per article within 15 % of that at 1,000, after 20 kills the same tables
row for row (by the hash of `store check`), and nothing twice when two take in the same sources at once. Exits with 1 where one of these fails.
"""

import csv
import io
import os
import random
import shutil
import subprocess
import sys
import time

program, maker, folder = sys.argv[1:4]
articles = int(sys.argv[4]) if len(sys.argv) > 4 else 100_000
kills = int(sys.argv[5]) if len(sys.argv) > 5 else 20
few = min(1_000, articles)
failed = []


def expect(holds, what):
    print(("ok      " if holds else "FAILED  ") + what, flush=True)
    if not holds:
        failed.append(what)


def corpus(size):
    path = os.path.join(folder, f"corpus-{size}")
    if not os.path.isdir(path):
        subprocess.run([maker, path, str(size)], check=True)
    return path


def start(source, store):
    return subprocess.Popen([program, "ingest", source, "--store", store, "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def whole(source, store):
    """Takes all in; gives wall seconds, seconds of the processor and MB."""
    begin = time.monotonic()
    child = start(source, store)
    _, status, used = os.wait4(child.pid, 0)
    # Broken files are told by status 1.
    assert os.waitstatus_to_exitcode(status) in (0, 1), f"ingest of {source} ended with {status}"
    return time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def check(store):
    told = subprocess.run([program, "store", "check", "--store", store], capture_output=True, text=True)
    expect(told.returncode == 0, f"store check of {os.path.basename(store)}")
    return next(line.rsplit(" ", 1)[1] for line in told.stdout.splitlines() if "content of all tables" in line)


def ask(store, sql):
    told = subprocess.run([program, "query", sql, "--store", store, "--format", "csv"], capture_output=True, text=True, check=True)
    return [int(cell) for cell in list(csv.reader(io.StringIO(told.stdout)))[1]]


def fresh(name):
    path = os.path.join(folder, name)
    shutil.rmtree(path, ignore_errors=True)
    return path


os.makedirs(folder, exist_ok=True)
costs = {}
for size in [few, articles]:
    source, store = corpus(size), fresh(f"store-{size}")
    wall, cpu, memory = whole(source, store)
    pages = ask(store, "SELECT count(*) FROM sources")[0]
    costs[size] = cpu / pages
    print(f"{size} articles: {pages} pages, {wall:.0f} s, {cpu:.0f} s of the processor, {costs[size] * 1e3:.3f} ms a page, {memory:.0f} MB", flush=True)
expect(memory <= 1536, f"{memory:.0f} MB of 1536")
expect(costs[articles] <= 1.15 * costs[few], f"cost a page at {articles} is {costs[articles] / costs[few]:.3f} of that at {few}")
source = corpus(articles)
expected = check(os.path.join(folder, f"store-{articles}"))

store = fresh("store-killed")
dice = random.Random(7)
done = 0
begin = time.monotonic()
while done < kills:
    child = start(source, store)
    time.sleep(dice.uniform(0.05, 2 * wall / kills))
    if child.poll() is not None:
        break
    child.kill()
    child.wait()
    done += 1
whole(source, store)
print(f"{done} kills, {time.monotonic() - begin:.0f} s in all", flush=True)
expect(done == kills, f"{done} of {kills} runs were killed at work")
expect(check(store) == expected, "after the kills the tables are the same, row for row")

store = fresh("store-two")
pair = [start(source, store), start(source, store)]
for child in pair:
    child.wait()
check(store)
for table, key in [("articles", "id"), ("sources", "key || fingerprint"), ("events", "id"), ("quotes", "id")]:
    rows, distinct = ask(store, f"SELECT count(*), count(DISTINCT {key}) FROM {table}")
    alone = ask(os.path.join(folder, f"store-{articles}"), f"SELECT count(*) FROM {table}")[0]
    expect(rows == distinct == alone, f"two at once: {table} has {rows} rows, {distinct} of them different; {alone} when taken in by one")
sys.exit(bool(failed))
