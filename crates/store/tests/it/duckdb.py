"""Asks DuckDB about the tables of a store: STORE SQL. Each table is the files that its Delta log has added and not removed."""

import csv
import glob
import json
import os
import sys

import duckdb

store, sql = sys.argv[1:]
for table in sorted(os.listdir(store)):
    log = sorted(glob.glob(os.path.join(store, table, "_delta_log", "*.json")))
    files = {}
    for name in log:
        for line in open(name, encoding="utf-8"):
            action = json.loads(line)
            if "add" in action:
                files[action["add"]["path"]] = True
            elif "remove" in action:
                files.pop(action["remove"]["path"], None)
    paths = [os.path.join(store, table, path) for path in files]
    if paths:
        duckdb.sql(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({paths!r})")
    elif log:
        duckdb.sql(f"CREATE TABLE {table} (nothing INTEGER)")
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerows(duckdb.sql(sql).fetchall())
