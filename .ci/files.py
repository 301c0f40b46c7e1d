"""Checks on the files of the repository: links, sizes, hashes of the weights, and which crate may use which.

Run by `.ci/run`; prints every fault and exits with 1 when there is one.
"""

import hashlib
import json
import posixpath
import re
import struct
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

LARGEST_FILE = 30_000_000
LARGEST_MODELS = 60_000_000
LONGEST_SOURCE = 600

# What each crate may depend on; ARCHITECTURE.md says why. A crate that is not listed is a fault.
STAGES = {"ingest", "language", "knowledge", "coding"}
MAY_USE = {
    "types": set(),
    **{stage: {"types"} for stage in STAGES},
    "demarche": {"types", "records"} | STAGES,
    "eval": {"types"},
    "measure": {"demarche", "eval"},
    "records": {"types"},
    "export": {"records", "types"},
    "sources": {"ingest", "types"},
    "store": {"records", "types"},
    "corroborate": {"records", "types"},
    "flows": {"demarche", "records", "sources", "store", "corroborate"},
    "index": {"records", "store", "types"},
    "server": {"demarche", "export", "flows", "index", "records", "store"},
    "python": {"demarche", "eval", "flows", "measure", "records", "sources", "store"},
    "cli": {"demarche", "eval", "measure", "records", "sources", "store", "corroborate", "flows", "export", "server"},
}
# Below the outer crates nothing touches files, network, clock or environment.
OUTER = {"cli", "export", "index", "python", "server", "sources", "store"}
IMPURE = re.compile(r"\bstd::(?:\{[^}]*?\b)?(?:fs|net|env|process)\b|\bSystemTime\b|\bInstant::now\b")

faults = []


def fault(place, message):
    faults.append(f"{place}: {message}")


def repository_files():
    """Tracked files, and new ones that are not ignored, so that a change can be checked before it is committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
    return sorted({name for name in names if name and Path(name).is_file()})


def prose(text):
    """The lines of a page without fenced blocks, comments and inline code, numbered from 1."""
    text = re.sub(r"<!--.*?-->", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
    fence = None
    for number, line in enumerate(text.split("\n"), 1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and fence is None:
            fence = mark[1][:3]
        elif mark and mark[1].startswith(fence):
            fence = None
        elif fence is None:
            yield number, line


def anchors(path):
    """The anchors of a page's headings, as GitHub makes them."""
    found, seen = set(), {}
    for _, line in prose(path.read_text(encoding="utf-8")):
        heading = re.match(r"#{1,6}\s+(.*?)\s*#*\s*$", line)
        if heading:
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).replace("`", "").lower()
            slug = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
            count = seen.get(slug, 0)
            seen[slug] = count + 1
            found.add(f"{slug}-{count}" if count else slug)
    return found


def check_links(files):
    known = set(files)
    for name in files:
        known.update(str(folder) for folder in Path(name).parents)
    for name in (n for n in files if n.endswith(".md")):
        for number, line in prose(Path(name).read_text(encoding="utf-8")):
            # A link's text may be code; code that only looks like a link is no link.
            bare = re.sub(r"`[^`]*`", "code", line)
            targets = re.findall(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)", bare) + re.findall(r"^\s*\[[^\]]+\]:\s+(\S+)", bare)
            for target in targets:
                if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", target):
                    continue
                path, _, anchor = unquote(target).partition("#")
                place = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                if path.startswith("/") or place not in known:
                    fault(f"{name}:{number}", f"the link to {target} leads nowhere in the repository")
                elif anchor and place.endswith(".md") and anchor not in anchors(Path(place)):
                    fault(f"{name}:{number}", f"{place} has no heading #{anchor}")


def check_sizes(files):
    models = 0
    for name in files:
        size = Path(name).stat().st_size
        models += size if name.startswith("models/") else 0
        if size > LARGEST_FILE:
            fault(name, f"{size / 1e6:.1f} MB, over the limit of {LARGEST_FILE / 1e6:.0f} MB a file")
        if name.endswith(".rs"):
            lines = Path(name).read_text(encoding="utf-8").split("\n")
            if len(lines) - 1 > LONGEST_SOURCE and not any("@generated" in line for line in lines[:5]):
                fault(name, f"{len(lines) - 1} lines, over the limit of {LONGEST_SOURCE}")
    if models > LARGEST_MODELS:
        fault("models", f"{models / 1e6:.1f} MB, over the limit of {LARGEST_MODELS / 1e6:.0f} MB")


def check_models(files):
    """The card names the hash of every file, and encoder and tail belong together."""
    card = Path("models/README.md").read_text(encoding="utf-8")
    hashes = {}
    for name in (n for n in files if n.startswith("models/") and n != "models/README.md"):
        hashes[name] = hashlib.sha256(Path(name).read_bytes()).hexdigest()
        if hashes[name] not in card:
            fault("models/README.md", f"does not give the SHA-256 of {name}, which is {hashes[name]}")
    for needed in ("models/language.encoder", "models/language.tail", "models/segment.bin", "models/vocab.txt"):
        if needed not in hashes:
            fault(needed, "is missing")
    if {"models/language.encoder", "models/language.tail"} <= hashes.keys():
        tail = Path("models/language.tail").read_bytes()
        (length,) = struct.unpack("<I", tail[12:16])
        if json.loads(tail[16 : 16 + length])["model_sha256"] != hashes["models/language.encoder"]:
            fault("models/language.tail", "was written for another language.encoder")


def check_crates(files):
    for name in files:
        parts = name.split("/")
        if parts[0] != "crates" or len(parts) < 3:
            continue
        crate = parts[1]
        if parts[2:] == ["Cargo.toml"]:
            if crate not in MAY_USE:
                fault(name, "a crate that .ci/files.py and ARCHITECTURE.md do not know")
                continue
            section = ""
            for line in Path(name).read_text(encoding="utf-8").split("\n"):
                header = re.match(r"\[([^\]]+)\]", line)
                section = header[1] if header else section
                used = re.match(r"demarche(?:-(\w+))?\b", line)
                if used and re.fullmatch(r"(target\..*\.)?dependencies", section) and (used[1] or "demarche") not in MAY_USE[crate]:
                    fault(name, f"may not depend on {used[1] or 'demarche'}")
        elif parts[2] == "src" and name.endswith(".rs") and crate not in OUTER:
            for number, line in enumerate(Path(name).read_text(encoding="utf-8").split("\n"), 1):
                if line.strip() == "#[cfg(test)]":
                    break
                if IMPURE.search(line) and not line.lstrip().startswith("//"):
                    fault(f"{name}:{number}", "touches files, network, clock or environment, which is for the outer crates")


def main():
    files = repository_files()
    if not files:
        fault(".", "git names no files here")
    check_links(files)
    check_sizes(files)
    check_models(files)
    check_crates(files)
    for line in faults:
        print(line)
    pages = sum(name.endswith(".md") for name in files)
    print(f"{len(files)} files, {pages} pages: {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
