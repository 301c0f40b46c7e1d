"""Shared by the scripts of this folder: reading the sources and writing tables in one form."""

import csv
import pathlib
import unicodedata

MAKE = pathlib.Path(__file__).resolve().parent
DATA = MAKE.parent
SOURCES = DATA.parent.parent / "shared" / "data" / "knowledge"

csv.field_size_limit(10_000_000)


def rows(path, delimiter="\t"):
    """The rows of a table as dictionaries; tab-separated tables have no quoting."""
    with open(SOURCES / path, encoding="utf-8", newline="") as file:
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        yield from csv.DictReader(file, delimiter=delimiter, quoting=quoting)


def own(path):
    """The rows of one of our own tables, its comment lines left out."""
    with open(DATA / path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t") + [""] * len(head)))


def write(path, licence, columns, body):
    """Writes a table: licence lines as comments, the column names, then the rows."""
    seen = set()
    with open(DATA / path, "w", encoding="utf-8", newline="\n") as file:
        for line in licence:
            file.write(f"# {line}\n")
        file.write("\t".join(columns) + "\n")
        for row in body:
            cells = [" ".join(str(cell).split()) for cell in row]
            if tuple(cells) not in seen:
                seen.add(tuple(cells))
                file.write("\t".join(cells) + "\n")


def fold(text):
    """Lower case without diacritics and punctuation, for comparing names."""
    text = unicodedata.normalize("NFD", text.replace("\u2019", "'").lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def slug(text):
    """A name as part of an identifier."""
    return fold(text).replace(" ", "-")


def iso_codes():
    """Codes of one country: by FIPS/GEC code, by two letters; and the code a territory folds into."""
    gec, two, fold_into, names = {}, {}, {}, {}
    for row in rows("country-codes/country-codes.csv", ","):
        code = row["ISO3166-1-Alpha-3"]
        gec[row["FIPS"].strip().lower()] = code
        two[row["ISO3166-1-Alpha-2"]] = code
        names[code] = row
    for row in names.values():
        state = row["is_independent"]
        if state.startswith(("Part of ", "Territory of ", "Crown dependency of ", "Territories of ", "Commonwealth of ", "Associated with ")):
            owner = state.rsplit(" ", 1)[1]
            fold_into[row["ISO3166-1-Alpha-3"]] = two.get(owner, "")
    # The field names some owners in words, and a few territories are coded on their own.
    fold_into.update(
        ALA="FIN", MAC="CHN", GGY="GBR", JEY="GBR", IMN="GBR", GUF="FRA", GLP="FRA", MTQ="FRA", REU="FRA", MYT="FRA",
        SJM="NOR", BVT="NOR", ATF="FRA", HMD="AUS", UMI="USA", PRI="USA", GUM="USA", VIR="USA", ASM="USA", MNP="USA",
        SGS="GBR", IOT="GBR", BES="NLD", CUW="NLD", SXM="NLD", ABW="NLD", BLM="FRA", MAF="FRA", FRO="DNK", GRL="DNK",
        NFK="AUS", CXR="AUS", CCK="AUS", PCN="GBR", SHN="GBR", FLK="GBR", GIB="GBR", BMU="GBR", CYM="GBR", VGB="GBR",
        AIA="GBR", MSR="GBR", TCA="GBR", NCL="FRA", PYF="FRA", WLF="FRA", SPM="FRA", TKL="NZL", COK="NZL", NIU="NZL",
    )
    for kept in ("HKG", "PSE", "ATA", "XKX", "ESH", "TWN"):
        fold_into.pop(kept, None)
    two["XK"] = "XKX"
    gec.update(kv="XKX", rq="PRI", mj="MNE", ri="SRB", sx="SGS", we="PSE", gz="PSE", ee="", aq="ASM", gq="GUM", vq="VIR", cq="MNP")
    return gec, two, fold_into, names


def plain(name):
    """The name as English news prints it: no diacritics, no gazetteer apostrophes."""
    name = name.translate(str.maketrans({"\u2018": "", "\u2019": "'", "\u02bc": "'", "đ": "d", "ø": "o", "ł": "l", "ı": "i", "Ø": "O", "Ł": "L", "Đ": "D"}))
    text = unicodedata.normalize("NFD", name)
    return "".join(c for c in text if not unicodedata.combining(c))
