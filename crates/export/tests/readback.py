"""Reads exports back with pandas, DuckDB and networkx, as their users do: by the published names and types of columns.

    python3 readback.py FOLDER [SCHEMAS]

FOLDER holds one folder a format. The columns are those of data/export/; with SCHEMAS, a folder of published lists
(polecat_weekly_txt.csv and so on), those as well. Exits with 77 where a library is missing, with 1 on the first fault.
"""

import collections
import csv
import json
import pathlib
import sys

try:
    import duckdb
    import pandas as pd
except ImportError as missing:
    print(f"{missing}: pandas and duckdb are needed to read exports back")
    sys.exit(77)

FOLDER = pathlib.Path(sys.argv[1])
LISTS = pathlib.Path(__file__).resolve().parents[3] / "data" / "export"
PUBLISHED = {
    "polecat": "polecat_weekly_txt.csv",
    "gdelt-events": "gdelt_events2.csv",
    "gdelt-mentions": "gdelt_mentions.csv",
    "icews": "icews_dataverse_tab.csv",
    "acled-like": "acled.csv",
}


def own_columns(name):
    with open(LISTS / f"{name}.tsv", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [(row[1], row[2]) for row in rows[1:]]


def published_columns(name, folder):
    with open(folder / PUBLISHED[name], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["name"], row["type"].lower()) for row in rows]


def plain(kind):
    """The three kinds that loaders tell apart."""
    if kind.startswith("int") or kind in ("day", "month", "year", "moment"):
        return "int"
    return "float" if kind.startswith("float") else "text"


def frame(path, columns, header, separator, missing, quoted):
    kinds = {"int": "Int64", "float": "float64", "text": "string"}
    return pd.read_csv(
        path,
        sep=separator,
        header=0 if header else None,
        names=None if header else [name for name, _ in columns],
        dtype={name: kinds[plain(kind)] for name, kind in columns},
        na_values=[missing],
        keep_default_na=False,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        encoding="utf-8",
    )


def relation(database, path, columns, header, separator, missing):
    kinds = {"int": "BIGINT", "float": "DOUBLE", "text": "VARCHAR"}
    types = {name: kinds[plain(kind)] for name, kind in columns}
    quote = '"' if separator == "," else ""
    return database.execute(
        "SELECT * FROM read_csv(?, delim=?, header=?, columns=?, quote=?, escape=?, nullstr=?, auto_detect=false, strict_mode=true)",
        [str(path), separator, header, types, quote, quote, missing],
    ).df()


def check_table(database, path, columns, header, separator, missing, rows):
    by_pandas = frame(path, columns, header, separator, missing, separator == ",")
    # Many users leave out that nothing is quoted.
    assert by_pandas.equals(frame(path, columns, header, separator, missing, True)), f"{path.name}: quotation marks change what is read"
    by_duckdb = relation(database, path, columns, header, separator, missing)
    for reader, table in (("pandas", by_pandas), ("DuckDB", by_duckdb)):
        assert len(table) == rows, f"{path.name}: {reader} reads {len(table)} rows, the manifest tells of {rows}"
        assert list(table.columns) == [name for name, _ in columns], f"{path.name}: {reader} reads other columns"
    for name, kind in columns:
        one = by_pandas[name].astype("object").where(by_pandas[name].notna(), None).tolist()
        two = by_duckdb[name].astype("object").where(by_duckdb[name].notna(), None).tolist()
        if plain(kind) == "float":
            one = [None if value is None else round(float(value), 6) for value in one]
            two = [None if value is None else round(float(value), 6) for value in two]
        if plain(kind) == "int":
            one = [None if value is None else int(value) for value in one]
            two = [None if value is None else int(value) for value in two]
        assert one == two, f"{path.name}: pandas and DuckDB differ in {name}: {one} {two}"
    return by_pandas


def manifest(format):
    with open(FOLDER / format / f"{format}.manifest.json", encoding="utf-8") as file:
        return json.load(file)


def file_of(format, suffix):
    found = [file for file in manifest(format)["files"] if file["name"].endswith(suffix)]
    assert len(found) == 1, f"{format}: {len(found)} files end in {suffix}"
    return FOLDER / format / found[0]["name"], found[0]["rows"]


def tables(database, schemas):
    lists = {name: [own_columns(name)] for name in PUBLISHED}
    if schemas:
        for name in PUBLISHED:
            lists[name].append(published_columns(name, schemas))
    read = {}
    for name, format, suffix, header, separator, missing in (
        ("polecat", "polecat", ".txt", True, "\t", "None"),
        ("gdelt-events", "gdelt", ".export.CSV", False, "\t", ""),
        ("gdelt-mentions", "gdelt", ".mentions.CSV", False, "\t", ""),
        ("icews", "icews", ".tab", True, "\t", ""),
        ("acled-like", "acled-like", ".csv", True, ",", ""),
    ):
        path, rows = file_of(format, suffix)
        for columns in lists[name]:
            read[name] = check_table(database, path, columns, header, separator, missing, rows)
    path, rows = file_of("csv", ".csv")
    read["csv"] = check_table(database, path, own_columns("flat"), True, ",", "", rows)
    return read


def meaning(read):
    """What users compute from the files, each with the plainest call they would make."""
    events, mentions = read["gdelt-events"], read["gdelt-mentions"]
    assert set(events["QuadClass"]) <= {1, 2, 3, 4} and events["EventCode"].str.len().between(3, 4).all()
    assert events["GLOBALEVENTID"].is_unique and set(mentions["GLOBALEVENTID"]) == set(events["GLOBALEVENTID"])
    joined = events.merge(mentions, on="GLOBALEVENTID")
    assert len(joined) == len(events), "events without a mention"
    assert pd.to_datetime(events["SQLDATE"].astype(str), format="%Y%m%d").notna().all()
    icews = read["icews"]
    assert icews["Event ID"].is_unique and icews["Event ID"].max() < 2**31
    assert icews["CAMEO Code"].str.startswith("0").any(), "leading zeros are lost"
    assert pd.to_datetime(icews["Event Date"], format="%Y-%m-%d").notna().all()
    polecat = read["polecat"]
    pairs = polecat.assign(actor=polecat["Actor Country"].str.split("; "), recipient=polecat["Recipient Country"].str.split("; "))
    pairs = pairs.explode("actor").explode("recipient")
    assert len(pairs) > len(polecat), "no lists to part"
    assert polecat["Event ID"].is_unique


def parquet(database, flat):
    path, rows = file_of("parquet", ".parquet")
    (count,) = database.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
    assert count == rows, f"{path.name}: DuckDB reads {count} rows of {rows}"
    types = dict(row[:2] for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall())
    kinds = {"int": "BIGINT", "float": "DOUBLE", "date": "DATE", "list": "VARCHAR[]", "text": "VARCHAR"}
    for name, kind in own_columns("flat"):
        assert types[name] == kinds[kind], f"{path.name}: {name} is {types[name]}, not {kinds[kind]}"
    dyads = database.execute(
        "SELECT a, r, count(*) FROM (SELECT unnest(actor_code) a, recipient_code FROM read_parquet(?)), unnest(recipient_code) t(r) GROUP BY ALL", [str(path)]
    ).fetchall()
    found = collections.Counter({(a or "", r or ""): count for a, r, count in dyads})
    lists = [text.fillna("").str.split(";") for text in (flat["actor_code"], flat["recipient_code"])]
    parties = zip(*lists, flat["actor_text"].notna(), flat["recipient_text"].notna())
    wanted = collections.Counter((a, r) for actors, recipients, any_actor, any_recipient in parties if any_actor and any_recipient for a in actors for r in recipients)
    assert found == wanted and sum(found.values()) > 10, f"{path.name}: dyads differ from those of the CSV: {found - wanted} {wanted - found}"
    try:
        import pyarrow  # noqa: F401  pandas needs it for Parquet
    except ImportError:
        return
    table = pd.read_parquet(path)
    assert len(table) == rows and list(table.columns) == [name for name, _ in own_columns("flat")]


def others(database):
    path, rows = file_of("jsonl", ".jsonl")
    assert len(pd.read_json(path, lines=True)) == rows
    (count,) = database.execute("SELECT count(*) FROM read_json(?, format='newline_delimited')", [str(path)]).fetchone()
    assert count == rows
    path, rows = file_of("geojson", ".geojson")
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    assert len(features) == rows and all(len(feature["geometry"]["coordinates"]) == 2 for feature in features)
    try:
        import networkx
    except ImportError:
        return
    graphs = []
    for format, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        path, rows = file_of(format, f".{format}")
        graph = read(path)
        assert graph.number_of_edges() == rows, f"{path.name}: {graph.number_of_edges()} edges of {rows}"
        assert all(data["event"] and isinstance(data["event_scale"], float) for _, _, data in graph.edges(data=True))
        graphs.append(graph)
    assert graphs[0].number_of_nodes() == graphs[1].number_of_nodes()


def main():
    schemas = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    database = duckdb.connect()
    read = tables(database, schemas)
    meaning(read)
    parquet(database, read["csv"])
    others(database)


main()
