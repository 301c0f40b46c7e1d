#!/usr/bin/env python3
"""Fetches the browser libraries that the pages use and writes them to static/vendor/, with static/countries.json.

    python3 crates/server/web/vendor.py            # fetch, check, write
    python3 crates/server/web/vendor.py --check    # no network: are the files in the tree those that were recorded?

Versions and hashes are pinned below. To move to a newer version, change the version, run, and put the hash that the error tells in place
of the old one after a look at what changed. Needs npm, for `npm pack` alone: no script of a package is run.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
VENDOR = STATIC / "vendor"
DATA = HERE.parents[2] / "data"

# name, version, sha256 of the package, licence, where it is kept, {file in the package: file written}, what for
PACKAGES = [
    (
        "d3", "7.9.2", "f0c1d2c2479907a6e3265370d0fd715f7aef0f561cdd2b415df385ba7df9d1aa", "ISC", "https://github.com/d3/d3",
        {"dist/d3.min.js": "d3.min.js", "LICENSE": "d3.LICENSE"},
        "scales, projections, forces, zoom",
    ),
    (
        "@observablehq/plot", "0.6.17", "4dcc9f7afd10caee8b2283c0075a5765610cfbbf6d7d93cdb153b3b5d3501afc", "ISC", "https://github.com/observablehq/plot",
        {"dist/plot.umd.min.js": "plot.umd.min.js", "LICENSE": "plot.LICENSE"},
        "histograms and series",
    ),
    (
        "topojson-client", "3.1.0", "889fadb422f6236d0f8337a236ce6499f258b75e44b81733b13bd971067322bf", "ISC", "https://github.com/topojson/topojson-client",
        {"dist/topojson-client.min.js": "topojson-client.min.js", "LICENSE": "topojson-client.LICENSE"},
        "reads the map's shapes",
    ),
    (
        "world-atlas", "2.0.2", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97", "ISC", "https://github.com/topojson/world-atlas",
        {"countries-110m.json": "countries-110m.json", "countries-50m.json": "countries-50m.json", "LICENSE": "world-atlas.LICENSE"},
        "shapes of countries, from Natural Earth (public domain)",
    ),
    (
        "i18n-iso-countries", "7.14.0", "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c", "MIT", "https://github.com/michaelwittig/node-i18n-iso-countries",
        {"LICENSE": "i18n-iso-countries.LICENSE"},
        "names and codes of territories that data/actors/countries.tsv has not, in ../countries.json",
    ),
]

# The finer shapes are for a map zoomed in. On this grid a step is about 2 km; a point that makes a corner of less than SLIGHT steps squared goes.
GRID = 20_000
SLIGHT = 2.0


def main():
    if "--check" in sys.argv[1:]:
        return check()
    VENDOR.mkdir(parents=True, exist_ok=True)
    rows, territories = [], None
    with tempfile.TemporaryDirectory() as folder:
        for name, version, expected, licence, home, files, use in PACKAGES:
            package = fetch(name, version, expected, folder)
            for source, target in files.items():
                data = member(package, source)
                if target == "countries-50m.json":
                    data = thin(data)
                elif target.endswith(".json"):
                    data = countries_only(data)
                (VENDOR / target).write_bytes(data)
                rows.append((name, version, licence, home, target, len(data), sha(data), use))
            if name == "i18n-iso-countries":
                codes = json.loads(member(package, "codes.json"))
                names = json.loads(member(package, "langs/en.json"))["countries"]
                territories = {int(n): (three, first(names[two])) for two, three, n, *_ in codes if two in names}
    data = countries(territories)
    (STATIC / "countries.json").write_bytes(data)
    rows.append(("countries.json", "", "Apache-2.0, MIT", "", "../countries.json", len(data), sha(data), ""))
    (VENDOR / "VENDOR.md").write_text(describe(rows), encoding="utf-8")
    total = sum(size for *_, size, _, _ in rows)
    print(f"{len(rows)} files, {total / 1000:.0f} kB")
    return 0


def fetch(name, version, expected, folder):
    """Path of the package's archive, after a check of its hash."""
    done = subprocess.run(
        ["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"], cwd=folder, check=True, capture_output=True, text=True
    )
    path = Path(folder) / done.stdout.split()[-1]
    found = sha(path.read_bytes())
    if found != expected:
        sys.exit(f"{name}@{version}: the package's sha256 is {found}, and {expected} was expected")
    return path


def member(package, path):
    with tarfile.open(package) as archive:
        return archive.extractfile(f"package/{path}").read()


def sha(data):
    return hashlib.sha256(data).hexdigest()


def first(name):
    return name[0] if isinstance(name, list) else name


def compact(value):
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def countries_only(data):
    """The atlas without the outline of the land, which the countries give too."""
    atlas = json.loads(data)
    atlas["objects"] = {"countries": atlas["objects"]["countries"]}
    return compact(atlas)


def thin(data):
    """The same shapes on a coarser grid. Ends of arcs meet still: equal points stay equal."""
    atlas = json.loads(countries_only(data))
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    west, south, east, north = atlas["bbox"]
    kx, ky = (east - west) / (GRID - 1), (north - south) / (GRID - 1)
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx - west) / kx), round((y * sy + ty - south) / ky)))
        kept = points[:1]
        for here, after in zip(points[1:-1], points[2:]):
            if corner(kept[-1], here, after) >= SLIGHT:
                kept.append(here)
        kept.append(points[-1])
        before = (0, 0)
        out = []
        for p in kept:
            out.append([p[0] - before[0], p[1] - before[1]])
            before = p
        arcs.append(out)
    atlas["arcs"] = arcs
    atlas["transform"] = {"scale": [kx, ky], "translate": [west, south]}
    return compact(atlas)


def corner(a, b, c):
    """Area of the triangle of three points, in steps of the grid squared."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def table(path):
    lines = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8") if not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def countries(territories):
    """ISO 3166-1 numeric code -> alpha-3 code and present name. The program's own tables win."""
    ours = {}
    for file in ("countries.tsv", "country-extras.tsv"):
        for row in table(DATA / "actors" / file):
            if row["kind"] == "name":
                ours[row["code"]] = row["alias"]
    out = {f"{number:03}": {"code": code, "name": ours.get(code, name)} for number, (code, name) in territories.items()}
    # Some areas have no number: world-atlas gives their names alone.
    out["Kosovo"] = {"code": "XKX", "name": ours["XKX"]}
    out["N. Cyprus"] = {"code": "", "name": "Northern Cyprus"}
    out["Somaliland"] = {"code": "", "name": "Somaliland"}
    return compact(dict(sorted(out.items())))


def describe(rows):
    lines = [
        "# Libraries of the pages",
        "",
        "Written by `crates/server/web/vendor.py`, which takes them from npm by version and hash. No page loads anything from elsewhere.",
        "",
        "| package | version | licence | kept at | for |",
        "|---|---|---|---|---|",
    ]
    seen = set()
    for name, version, licence, home, _, _, _, use in rows:
        if version and name not in seen:
            seen.add(name)
            lines.append(f"| {name} | {version} | {licence} | {home} | {use} |")
    lines += [
        "",
        "countries-110m.json and countries-50m.json hold the countries alone, the second on a coarser grid than the package's. ../countries.json is made",
        "from data/actors/countries.tsv, and for territories from i18n-iso-countries.",
        "",
        "| file | bytes | sha256 |",
        "|---|---|---|",
    ]
    lines += [f"| {target} | {size} | {digest} |" for _, _, _, _, target, size, digest, _ in rows]
    return "\n".join(lines) + "\n"


def check():
    """Compares the files in the tree with the hashes in VENDOR.md."""
    bad = 0
    found = re.findall(r"^\| (\S+) \| (\d+) \| ([0-9a-f]{64}) \|$", (VENDOR / "VENDOR.md").read_text(encoding="utf-8"), re.M)
    for target, _, digest in found:
        path = VENDOR / target
        if not path.exists() or sha(path.read_bytes()) != digest:
            print(f"{target}: not the file that VENDOR.md tells of")
            bad += 1
    known = {target for target, _, _ in found} | {"VENDOR.md"}
    for path in sorted(VENDOR.iterdir()):
        if path.name not in known:
            print(f"{path.name}: not told of in VENDOR.md")
            bad += 1
    return 1 if bad or not found else 0


if __name__ == "__main__":
    sys.exit(main())
